"""Words and sentences that the prose of this project avoids: `python -m manual.prose` finds them."""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from manual import code
from manual.messages import messages_of
from postdocs import cli
from postdocs.core.post import FIELDS
from postdocs.sphinx_ext.config import _SETTINGS

LONGEST = 30  # words in a sentence
_PACKAGE = Path("src/postdocs")
_LIST = Path(__file__).with_name("avoid.toml")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")


@dataclass(frozen=True)
class Prose:
    """A text for readers, and where it is: a file with a line, or a command."""

    place: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A word or a sentence to avoid, with what to do about it."""

    place: str
    wrong: str
    advice: str

    def __str__(self) -> str:
        """Return the finding as a line of a report."""
        return f"{self.place}: {self.wrong}; {self.advice}"


def avoided(path: Path = _LIST) -> Mapping[re.Pattern[str], str]:
    """Return the words to avoid, as patterns, each with what to write instead."""
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    return {re.compile(rf"\b(?:{word})\b", re.IGNORECASE): advice for word, advice in words.items()}


def findings(texts: Iterable[Prose], words: Mapping[re.Pattern[str], str], longest: int) -> Iterator[Finding]:
    """Yield the words to avoid in texts, and the sentences of more than `longest` words."""
    for prose in texts:
        for word, advice in words.items():
            for match in word.finditer(prose.text):
                yield Finding(prose.place, repr(match[0]), f"write {advice}")
        for sentence in _SENTENCE.split(prose.text):
            count = len(_WORD.findall(sentence))
            if count > longest:
                yield Finding(prose.place, f"{sentence[:40]!r}… has {count} words", "split the sentence")


def of_markdown(source: str, name: str) -> Iterator[Prose]:
    """Yield the prose of Markdown: headings, paragraphs, items, and cells, without code and HTML."""
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(deflist_plugin)
    line = 1
    for token in parser.parse(source):
        line = token.map[0] + 1 if token.map else line  # a cell has the line of its row
        if token.type == "inline":
            text = "".join(_words(part.type, part.content) for part in token.children or ())
            yield Prose(f"{name}:{line}", text)


def _words(kind: str, content: str) -> str:
    """Return what a piece of a line is in prose: code counts as a word, the marks around text as nothing."""
    return {"text": content, "image": content, "softbreak": " ", "code_inline": "code"}.get(kind, "")


def of_commands() -> Iterator[Prose]:
    """Yield what `--help` shows of each command."""
    for name, parser in cli.commands().items():
        helps = [parser.description, parser.epilog, *(action.help for action in parser._actions)]  # noqa: SLF001 - argparse has no other way
        for text in filter(None, helps):
            if text != argparse.SUPPRESS:
                yield Prose(f"postdocs {name} --help", text)


def of_schema() -> Iterator[Prose]:
    """Yield what the manual shows of settings and of the keys of front matter."""
    yield from (Prose(f"setting {name}", description) for name, *_, description in _SETTINGS)
    yield from (Prose(f"front matter {name}", field.metadata["help"]) for name, field in FIELDS.items())


def of_code(package: Path) -> Iterator[Prose]:
    """Yield what the manual shows of packages, modules, and the steps of a build: lines of docstrings."""
    for room in code.rooms_of(package):
        for name, about in ((room.name, room.about), *((part.name, part.about) for part in room.modules)):
            yield Prose(f"docstring of {room.name}: {name}", about)
    for event in code.events():
        for name, about in ((event.name, event.about), *((step.name, step.about) for step in event.steps)):
            yield Prose(f"docstring of {name}", about)


def of_messages(package: Path) -> Iterator[Prose]:
    """Yield the messages in the modules of a package."""
    for path in sorted(package.rglob("*.py")):
        for message in messages_of(path.read_text(encoding="utf-8")):
            yield Prose(path.as_posix(), f"{message.wrong}; {message.remedy}")


def main() -> int:
    """Report what is to avoid in the Markdown files of this folder, and in help and messages."""
    files = sorted({*Path().glob("[A-Z]*.md"), *Path("docs").rglob("*.md")})
    texts = [
        *(prose for file in files for prose in of_markdown(file.read_text("utf-8"), str(file))),
        *of_commands(),
        *of_schema(),
        *of_code(_PACKAGE),
        *of_messages(_PACKAGE),
    ]
    reported = [str(finding) for finding in findings(texts, avoided(), LONGEST)]
    sys.stdout.write("".join(f"{line}\n" for line in reported))
    return 1 if reported else 0


if __name__ == "__main__":
    sys.exit(main())
