"""Directives of reStructuredText that docutils doesn't know: what is in them may be text all the same."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.languages import get_language
from docutils.utils import Reporter, new_document

WITHOUT = "The text is here without its directive: "
"""How the message on a directive begins whose content stands in the document."""

# Names of directives (docutils: Reference Names), where one may begin.
_NAME = re.compile(
    r"(?:^|(?<=[ \t]))\.\.[ ]+(?P<name>[^\W_]+(?:[-._+:][^\W_]+)*+)[ ]?::(?=\s|$)", re.MULTILINE
)
# Markup that other languages don't have: directives, targets, links, roles, strong text, literals.
_MARKUP = re.compile(
    r"^[ \t]*\.\.[ ]+(?:[\w:-]+::|_[^:\n]+:|\|)|`[^`\n]+`_|:[\w-]+:`[^`\n]+`|(?<!\S)\*\*[^\s*][^*\n]*\*\*"
    r"|(?<!\S)``[^`\n]+``",
    re.MULTILINE,
)
_SENTENCES = re.compile(r"[^\W\d_][^\n={}|<>\\]*(?:\n[^\W_][^\n={}|<>\\]*)*[.!?…][”)]?")
_BLANK = re.compile(r"\n[ \t]*\n")
_NO_WORDS = re.compile(r"[\W\d_]*|\S*[./]\S*")  # numbers, files, addresses
_NEVER = 5  # a level of messages that none has


class AnyOption(dict[str, Any]):
    """Options of a directive, whichever they are."""

    def __missing__(self, _: str) -> Any:
        return directives.unchanged

    def __contains__(self, _: object) -> bool:
        return True


class _Unknown(Directive):
    """One whose content is in the document if it reads as text; else its source stays visible."""

    has_content = True
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        argument = self.block_text.partition("::")[2].split("\n", 1)[0].strip()
        lines = [*self.content]
        inner = "\n".join(lines[1:] if argument else lines)
        if (argument and _NO_WORDS.fullmatch(argument)) or not reads_as_text(inner):
            raise self.error(f'Unknown directive type "{self.name}".')
        options = " ".join(f":{key}: {value or ''}".rstrip() for key, value in self.options.items())
        said = " ".join(filter(None, (f".. {self.name}::", argument, options)))
        parent = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, parent)
        return [self.state.reporter.warning(f"{WITHOUT}{said}", line=self.lineno), *parent.children]


def reads_as_text(text: str) -> bool:
    """Tell whether a text has markup of reStructuredText, or is sentences; code and data are neither."""
    paragraphs = [paragraph.strip() for paragraph in _BLANK.split(text) if paragraph.strip()]
    return bool(_MARKUP.search(text)) or (
        bool(paragraphs) and all(_SENTENCES.fullmatch(paragraph) for paragraph in paragraphs)
    )


def of_text(text: str) -> dict[str, type[Directive]]:
    """Return what shows the directives of a text that docutils doesn't know, by their names."""
    document = new_document("")
    document.reporter = Reporter("", _NEVER, _NEVER, stream=False)
    english: Any = get_language("en")  # the types of docutils ask for the languages of its writers
    names = {match["name"] for match in _NAME.finditer(text)}
    return {name: _Unknown for name in names if not directives.directive(name, english, document)[0]}
