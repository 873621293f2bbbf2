"""Rules of hosts for paths without a file: pages without suffix, and redirects."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.links.model import Page, columns

_GONE = range(400, 500)


@dataclass(frozen=True)
class Host:
    """How a host answers a path.

    pages: whether `/page` is `page.html`. slashed: whether `/page/` is, too.
    """

    name: str
    pages: bool
    slashed: bool


# By their documentation; Vercel adds a suffix if `cleanUrls` is set, and nginx and Apache are plain.
HOSTS = {
    host.name: host
    for host in (
        Host("cloudflare", pages=True, slashed=True),
        Host("github", pages=True, slashed=False),
        Host("gitlab", pages=True, slashed=False),
        Host("netlify", pages=True, slashed=True),
        Host("plain", pages=False, slashed=False),
        Host("vercel", pages=False, slashed=False),
    )
}
_LIKELY = "github"  # what a host is taken for that no file tells
# Files that only one kind of host reads.
_SIGNS = {
    "_routes.json": "cloudflare",
    "_worker.js": "cloudflare",
    "_redirects": "netlify",
    "_headers": "netlify",
    "netlify.toml": "netlify",
    "vercel.json": "vercel",
    ".htaccess": "plain",
}


@dataclass(frozen=True)
class Rule:
    """A redirect or a rewrite: paths that match go to a target, or nowhere where that is None.

    pattern: matches a path from the root of the host. target: may name the groups of the pattern, as
    `re.Match.expand` reads it. path, line: where the rule is written.
    """

    pattern: re.Pattern[str]
    target: str | None
    path: str
    line: int


@dataclass(frozen=True)
class Hosting:
    """The host of a site, and the rules that the site has for it, the first that matches first.

    pages: the files of the site that have rules, with the addresses that these lead to.
    """

    host: Host
    rules: tuple[Rule, ...] = ()
    pages: tuple[Page, ...] = ()

    def follow(self, path: str) -> tuple[bool, str | None]:
        """Tell whether a rule matches a path from the root of the host, and where it leads.

        A rule that keeps the path sends to another name of the host, and says nothing of what is there.
        """
        for rule in self.rules:
            if match := rule.pattern.fullmatch(path):
                target = rule.target and match.expand(rule.target)
                if target is None or urlsplit(target).path != path:
                    return True, target
        return False, None

    def files(self, path: str) -> Iterator[str]:
        """Yield the files that the host may answer with, for a path below the root of the site."""
        if path and not path.endswith("/"):
            yield path
        yield f"{path.rstrip('/')}/index.html".lstrip("/")
        yield f"{path.rstrip('/')}/index.htm".lstrip("/")
        if path.strip("/") and (self.host.slashed if path.endswith("/") else self.host.pages):
            yield f"{path.rstrip('/')}.html"


def hosting_of(root: Path, files: Container[str], sources: Path, name: str | None) -> Hosting:
    """Tell how a site is hosted.

    root: the folder of the built site. files: what is in it. sources: the folder that it was built of, where
    some hosts look for their settings. name: that of the host, or None to go by what the site holds.

    Raises
    ------
    PostdocsError
        A file of redirects cannot be read.

    """
    present = {sign: root / sign for sign in _SIGNS if sign in files}
    present |= {sign: sources / sign for sign in _SIGNS if sign not in present and (sources / sign).is_file()}
    signed = (host for sign, host in _SIGNS.items() if sign in present)
    host = HOSTS[name or next(signed, _LIKELY)]
    rules: list[Rule] = []
    for sign, read in _READERS.items():
        if sign in present:
            rules += _read(present[sign], sign, read)
    vercel = present.get("vercel.json")
    if host.name == "vercel" and vercel and _json(vercel).get("cleanUrls"):
        host = Host("vercel", pages=True, slashed=True)
    return Hosting(host, tuple(rules), tuple(_page(rules, sign) for sign in _READERS if sign in files))


def _page(rules: Iterable[Rule], path: str) -> Page:
    """Return a file of rules with the addresses to which they send all that matches."""
    links = [
        (rule.target.replace("\\\\", "\\"), rule.line)
        for rule in rules
        if rule.path == path and rule.target and not rule.pattern.groups
    ]
    urls, lines = columns(links)
    return Page(path, urls, lines=lines)


def _read(path: Path, name: str, read: Callable[[str, str], Iterable[Rule]]) -> list[Rule]:
    try:
        rules = [*read(path.read_text(encoding="utf-8-sig"), name)]
        for rule in rules:
            _try(rule)
    except OSError as error:
        raise PostdocsError(path, None, f"it cannot be read: {error.strerror}", "make it readable") from None
    except (ValueError, re.error) as error:
        raise PostdocsError(path, None, f"its redirects can't be read ({error})", "correct it") from None
    return rules


def _try(rule: Rule) -> None:
    """Raise re.error if the target of a rule names a group that its pattern does not have."""
    match = re.match(f"(?:{rule.pattern.pattern})|", "")
    if match and rule.target:
        match.expand(rule.target)


def _json(path: Path) -> dict[str, Any]:
    value = json.loads(path.read_text(encoding="utf-8-sig"))
    return value if isinstance(value, dict) else {}


def read_redirects(text: str, path: str) -> Iterator[Rule]:
    """Read `_redirects`, as Netlify and Cloudflare Pages do: from, to, and a status."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition(" #")[0].split()
        if len(words) < 2 or words[0].startswith("#"):  # noqa: PLR2004 - from and to
            continue
        start, *rest = words
        target = next((word for word in rest if word.startswith(("/", "http://", "https://"))), None)
        status = next((int(word.rstrip("!")) for word in rest if word.rstrip("!").isdigit()), 301)
        if target is not None and start.startswith("/"):
            yield _rule(start, None if status in _GONE else target, path, number)


def _rule(start: str, target: str | None, path: str, line: int) -> Rule:
    """Return a rule whose pattern has `*` and `:names`, and whose target has `:splat` and these names."""
    pattern = re.escape(start.partition("?")[0]).replace(r"\*", "(?P<splat>.*)")
    pattern = re.sub(r":([A-Za-z_]\w*)", r"(?P<\1>[^/]+)", pattern)
    if pattern.endswith("/(?P<splat>.*)"):  # `/a/*` is also `/a`
        pattern = f"{pattern.removesuffix('/(?P<splat>.*)')}(?:/(?P<splat>.*))?"
    try:
        names = re.compile(pattern).groupindex
    except re.error:  # all else in it is escaped
        raise ValueError(f"line {line}: {start} has `*` or a name twice") from None
    return Rule(re.compile(f"{pattern}/?"), target and _template(target, names), path, line)


def _template(target: str, names: Iterable[str]) -> str:
    template = target.replace("\\", "\\\\")
    for name in sorted(names, key=len, reverse=True):
        template = re.sub(rf":{name}\*?(?!\w)", rf"\\g<{name}>", template)
    return template


def _netlify(text: str, path: str) -> Iterator[Rule]:
    rules = tomllib.loads(text).get("redirects")
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and str(rule.get("from", "")).startswith("/") and rule.get("to"):
            is_gone = rule.get("status") in _GONE
            line = _line_of(str(rule["from"]), text)
            yield _rule(str(rule["from"]), None if is_gone else str(rule["to"]), path, line)


def _vercel(text: str, path: str) -> Iterator[Rule]:
    """Read `vercel.json`, whose sources are patterns of path-to-regexp."""
    settings = json.loads(text)
    settings = settings if isinstance(settings, dict) else {}
    kinds = (settings.get(name) for name in ("redirects", "rewrites"))
    for rule in (
        rule for rules in kinds if isinstance(rules, list) for rule in rules if isinstance(rule, dict)
    ):
        source, target = str(rule.get("source", "")), str(rule.get("destination", ""))
        if not source.startswith("/") or not target:
            continue
        pattern = re.sub(r":(\w+)\*", r"(?P<\1>.*)", source)
        pattern = re.sub(r":(\w+)\(([^()]*)\)", r"(?P<\1>\2)", pattern)
        pattern = re.sub(r"(?<![?<\w]):(\w+)", r"(?P<\1>[^/]+)", pattern)
        compiled = re.compile(f"{pattern}/?")
        template = re.sub(r"\$(\d)", r"\\\1", _template(target, compiled.groupindex))
        yield Rule(compiled, template, path, _line_of(source, text))


def _line_of(value: str, text: str) -> int:
    return text.count("\n", 0, max(text.find(json.dumps(value)), 0)) + 1


def _apache(text: str, path: str) -> Iterator[Rule]:
    """Read `.htaccess`: the directives of mod_alias and mod_rewrite that send a path elsewhere."""
    for number, line in enumerate(text.splitlines(), 1):
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        if len(words) < 2 or words[0].startswith("#"):  # noqa: PLR2004 - a directive and what it is about
            continue
        directive, *rest = words
        directive = directive.lower()
        if directive == "rewriterule":
            yield from _rewrite(rest, path, number)
            continue
        is_gone = rest[0] in {"410", "404", "gone"}
        if rest[0].isdigit() or rest[0] in {"permanent", "temp", "seeother", "gone"}:
            rest = rest[1:]
        start, target = (*rest, "")[0], (*rest, "", "")[1]
        if directive == "redirectmatch":
            template = re.sub(r"\$(\d)", r"\\\1", target)
            yield Rule(re.compile(_unanchored(start)), None if is_gone else template, path, number)
        elif directive in {"redirect", "redirectpermanent", "redirecttemp"} and start.startswith("/"):
            template = f"{target.replace(chr(92), chr(92) * 2)}\\1"
            yield Rule(re.compile(f"{re.escape(start)}(.*)"), None if is_gone else template, path, number)


def _rewrite(words: list[str], path: str, line: int) -> Iterator[Rule]:
    if len(words) < 2 or words[1] == "-":  # noqa: PLR2004 - a pattern and what takes its place
        return
    pattern, target = words[:2]
    target = target if target.startswith(("/", "http://", "https://")) else f"/{target}"
    template = re.sub(r"\$(\d)", r"\\\1", target.replace("\\", "\\\\"))
    yield Rule(re.compile(f"/{_unanchored(pattern, start='^')}"), template, path, line)


def _unanchored(pattern: str, start: str = "^/") -> str:
    """Return a pattern of Apache, which matches anywhere, as one of a whole path."""
    before = "" if pattern.startswith("^") else ".*"
    after = "" if pattern.endswith("$") else ".*"
    return f"{before}{pattern.removeprefix('^').removesuffix('$')}{after}" if start else pattern


_READERS: dict[str, Callable[[str, str], Iterable[Rule]]] = {
    "_redirects": read_redirects,
    "netlify.toml": _netlify,
    "vercel.json": _vercel,
    ".htaccess": _apache,
}
