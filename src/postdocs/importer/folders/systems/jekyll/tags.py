"""Jekyll's own tags of Liquid, and those of common plugins, as the Markdown or HTML that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from postdocs.importer.folders import fences, octopress
from postdocs.importer.folders.fences import Fence


@dataclass(frozen=True)
class Addresses:
    """The addresses of a blog's pages and files, from the root of the site.

    paths: by the path of the source. posts: by the name that `post_url` gives, such as
    `2020-01-31-tides`. base: the path that the site is under, or "".
    """

    paths: Mapping[str, str]
    posts: Mapping[str, str]
    base: str = ""

    def of_path(self, path: str) -> str | None:
        """Return the address of a file, such as `{% link %}` names it; None where there is none."""
        address = self.paths.get(path.strip().strip("\"'").lstrip("/"))
        return None if address is None else f"{self.base}{address}"

    def of_post(self, name: str) -> str | None:
        """Return the address of a post, such as `{% post_url %}` names it; None where there is none."""
        name = name.strip().strip("\"'").lstrip("/")
        address = self.posts.get(name) or self.posts.get(name.rpartition("/")[2])
        return None if address is None else f"{self.base}{address}"


Reader = Callable[[str, Addresses], "str | None"]
"""Takes the arguments of a tag; returns what it shows, None where it can't be told."""

PluginTag = Callable[[str], "str | None"]
"""A tag of a plugin that knows its blog: the same, of its arguments alone."""

TAGS: Mapping[str, Reader] = {
    "link": lambda arguments, addresses: addresses.of_path(arguments),
    "post_url": lambda arguments, addresses: addresses.of_post(arguments),
    "gist": lambda arguments, _: octopress.gist(arguments),
    "youtube": lambda arguments, _: octopress.youtube(arguments),
    "youtube_player": lambda arguments, _: octopress.youtube(arguments),
    "vimeo": lambda arguments, _: octopress.vimeo(arguments),
    "img": lambda arguments, _: octopress.image(arguments),
    "image_tag": lambda arguments, _: octopress.image(arguments),
    # Of al-folio.
    "details": lambda title, _: f'\n\n<details markdown="1"><summary>{title}</summary>\n\n',
    "enddetails": lambda _, __: "\n\n</details>\n\n",
    "seo": lambda _, __: "",
    "feed_meta": lambda _, __: "",
}
# Blocks of code: the language is the first word.
CODE = frozenset({"highlight", "codeblock"})


def code_info(name: str, arguments: str) -> str:
    """Return what stands behind the marks of a fence for a tag around code.

    https://jekyllrb.com/docs/liquid/tags/#code-snippet-highlighting, and Octopress's `codeblock`.
    """
    words = octopress.words_of(arguments)
    if name == "codeblock":
        return fences.written(octopress.fence(words))
    return fences.written(fences.read(" ".join(arguments.split())) or Fence("".join(words[:1])))
