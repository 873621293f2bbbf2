"""Where the sources of the site are: the setting `postdocs_repository`, and addresses to edit a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from postdocs.sphinx_ext.settings.errors import SettingError

_BRANCH = "main"
_EXAMPLE = "https://github.com/ann/blog/tree/main"


@dataclass(frozen=True)
class _Host:
    """A kind of code host; what follows the address of a repository there.

    names: of its servers, those of others left out. folder: what a browser shows before a branch. edit: what
    opens the editor of a file. most: parts that the path of a repository has at most.
    """

    names: re.Pattern[str]
    folder: str
    edit: str
    most: int = 2


_BITBUCKET = _Host(re.compile(r"bitbucket\.org"), "/src/", "/src/{branch}/{path}?mode=edit&at={branch}")
_ANYWHERE = (
    _Host(re.compile(r"gitlab\..+"), "/-/tree/", "/-/edit/{branch}/{path}", most=20),  # groups in groups
    _Host(re.compile(r"(codeberg|gitea|forgejo)\..+"), "/src/branch/", "/_edit/{branch}/{path}"),
    _Host(re.compile(r"github\..+"), "/tree/", "/edit/{branch}/{path}"),
)


@dataclass(frozen=True)
class Repository:
    """The folder of a repository that holds the sources. url: of the repository. folder: from its root."""

    url: str
    branch: str
    folder: str
    edit: str

    def edit_url(self, path: str) -> str:
        """Return where a reader can edit a file. path: from the source folder."""
        whole = f"{self.folder}/{path}".strip("/")
        return self.url + self.edit.format(branch=quote(self.branch, safe=""), path=quote(whole))


def read_repository(address: str) -> Repository | None:
    """Return the repository at an address: its own, or that of a folder or branch as a browser shows it.

    None for "". The branch is `main` where the address names none. Raises SettingError for an address that
    is of no known kind.
    """
    if not address:
        return None
    if not isinstance(address, str):
        raise SettingError(f"{address!r} is not text; write one like {_EXAMPLE!r}")
    parts = _parts(address)
    path = parts.path.rstrip("/").removesuffix(".git")
    root = f"{parts.scheme}://{parts.netloc}"
    named = [kind for kind in (*_ANYWHERE, _BITBUCKET) if kind.names.fullmatch(parts.hostname or "")]
    for kind in named or _ANYWHERE:
        repository, _, rest = path.partition(kind.folder)
        if not rest and not named:
            continue
        # At GitLab, what is no folder of the repository follows `/-/` too.
        if 1 < repository.count("/") <= kind.most and "/-/" not in repository:
            branch, _, folder = rest.partition("/")
            return Repository(root + repository, unquote(branch) or _BRANCH, unquote(folder), kind.edit)
    raise SettingError(
        f"{address!r} is not the address of a repository at a known host; write the address that the browser"
        f" shows at the folder of conf.py there, like {_EXAMPLE!r}"
    )


def _parts(address: str) -> SplitResult:
    """Take an address apart. One with a password would show it on every page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.username is not None and parts.scheme:
        raise SettingError("the address has a user name in it, which every page would show; remove it")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingError(f"{address!r} is not the web address of a repository; write one like {_EXAMPLE!r}")
    return parts
