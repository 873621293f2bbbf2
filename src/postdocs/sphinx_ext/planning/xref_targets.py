"""The targets of cross-references, so that a page is rewritten when one of its targets changes."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.blog.posts import Blog
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.reading.domain import domain_of

_WORD = re.compile(r"\w+")
_LAST = re.compile(r"[^/.:]*/?$")


class Targets:
    """All that can be referred to, by the words of its name.

    What a reference leads to is for its domain to say. But whatever that is, the reference has the last part
    of its name in it: `../2023/recap.md#end` that of the docname `posts/2023/recap`. So a page depends on all
    whose last part its references have in them, which is on a little more than it leads to.
    """

    def __init__(self, app: Sphinx, env: BuildEnvironment, blog: Blog) -> None:
        self._app = app
        self._env = env
        self._references = domain_of(env).targets
        self._places: dict[str, str] = {}
        named = [(_last_words(str(value[0])), value) for value in self._objects()]
        named += [(_last_words(name), (name, *place, "")) for name, place in blog.references.items()]
        uses = Counter(itertools.chain.from_iterable(words for words, _ in named))
        self._by_word: dict[str, list[tuple[set[str], tuple[object, ...]]]] = defaultdict(list)
        for words, value in named:  # each below its rarest word, for there are few others
            self._by_word[min(words, key=lambda word: (uses[word], word), default="")].append((words, value))

    def of(self, docname: str) -> list[str]:
        """Return what the references of a document may lead to, as it is now."""
        targets = []
        for reference in self._references.get(docname, ()):
            words = _words(reference)
            for word in sorted(words | {""}):
                targets += [value for needed, value in self._by_word.get(word, ()) if needed <= words]
        return sorted(map(self._text, targets))

    @cached_property
    def whole(self) -> str:
        """What changes when anything does that can be referred to."""
        return fingerprint(
            sorted(self._text(value) for group in self._by_word.values() for _, value in group)
        )

    def _text(self, value: tuple[object, ...]) -> str:
        """Return what a page may show of an object, and where it is."""
        docname = str(value[-1])
        if docname not in self._places:
            self._places[docname] = self._place(docname)
        return f"{value} {self._places[docname]}"

    def _objects(self) -> Iterator[tuple[object, ...]]:
        """Yield names, what a page may show of what has that name, and the document that it is in."""
        env = self._env
        for domain in env.domains.sorted():
            for name, title, kind, docname, anchor, priority in domain.get_objects():
                yield name, domain.name, kind, title, anchor, priority, docname
        for label, (docname, number) in env.domaindata["math"].get("objects", {}).items():
            yield label, number, docname
        for label, (docname, anchor, _) in env.domaindata["citation"].get("citations", {}).items():
            yield label, anchor, docname

    def _place(self, docname: str) -> str:
        """Return the address of a document, and the numbers and names of what is in it."""
        env = self._env
        if docname not in env.all_docs:
            return ""
        slugs = env.metadata.get(docname, {}).get("myst_slugs", {})
        headings = [(slug, *rest[1:]) for slug, rest in slugs.items()]  # without their lines
        numbers = [env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)]
        return str([self._app.builder.get_target_uri(docname), headings, numbers])


def _last_words(name: str) -> set[str]:
    """Return the words of the last part of a docname, or of a dotted name."""
    last = _LAST.search(name)
    return _words(last[0] if last else name)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
