"""The services that a new site can be published with, and what each of them needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Host:
    """A service that builds a site and serves it.

    title: its name. files: what it reads, as paths in the site; a folder ends in a slash. address: an example
    of where it serves a site. setup: what its user does there, once, in a sentence.
    """

    title: str
    files: tuple[str, ...]
    address: str
    setup: str


HOSTS = {
    # https://docs.github.com/en/pages/getting-started-with-github-pages/configuring-a-publishing-source-for-your-github-pages-site
    "github": Host(
        "GitHub Pages",
        (".github/",),
        "https://ann.github.io/blog/",
        "In the settings of the repository, under Pages, choose GitHub Actions as the source.",
    ),
    # https://docs.gitlab.com/user/project/pages/
    "gitlab": Host(
        "GitLab Pages",
        (".gitlab-ci.yml",),
        "https://ann.gitlab.io/blog/",
        "Under Build > Pipeline schedules, add a daily one, which publishes scheduled posts.",
    ),
    # https://docs.netlify.com/build/configure-builds/file-based-configuration/
    "netlify": Host(
        "Netlify",
        ("netlify.toml",),
        "https://ann.netlify.app/",
        "Import the repository as a new project; netlify.toml has all settings.",
    ),
    # https://developers.cloudflare.com/pages/functions/wrangler-configuration/
    # https://developers.cloudflare.com/pages/configuration/build-image/
    "cloudflare": Host(
        "Cloudflare Pages",
        ("wrangler.toml", ".python-version"),
        "https://ann.pages.dev/",
        'Connect the repository. Set the build command: pip install "nox[uv]" && nox -s build linkcheck',
    ),
    # https://docs.readthedocs.com/platform/stable/build-customization.html
    "readthedocs": Host(
        "Read the Docs",
        (".readthedocs.yaml",),
        "https://ann.readthedocs.io/en/latest/",
        "Import the repository as a new project.",
    ),
    "none": Host("another host", (), "https://example.org/blog/", "Copy _build/html to a web server."),
}


def belongs_to(path: str, host: str) -> bool:
    """Tell whether a file of a new site is for this host, or for all of them."""
    owners = [name for name, other in HOSTS.items() if any(_is_in(path, file) for file in other.files)]
    return not owners or host in owners


def _is_in(path: str, file: str) -> bool:
    return path.startswith(file) if file.endswith("/") else path == file
