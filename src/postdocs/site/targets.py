"""What cross-references may lead to, so that a page is written again when one of its own leads elsewhere."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from postdocs.site.ablog import Blog
from postdocs.site.domain import domain_of
from postdocs.site.state import fingerprint

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
        named = [(_last_words(name), [name, value]) for name, value in self._objects()]
        named += [(_last_words(name), [name, place]) for name, place in blog.references.items()]
        uses = Counter(itertools.chain.from_iterable(words for words, _ in named))
        self._by_word: dict[str, list[tuple[set[str], list[object]]]] = defaultdict(list)
        for words, value in named:  # each below its rarest word, for there are few others
            self._by_word[min(words, key=lambda word: (uses[word], word), default="")].append((words, value))

    def of(self, docname: str) -> list[object]:
        """Return what the references of a document may lead to, as it is now."""
        found = []
        for reference in self._references.get(docname, ()):
            words = _words(reference)
            for word in sorted(words | {""}):
                found += [value for needed, value in self._by_word.get(word, ()) if needed <= words]
        return sorted(found, key=str)

    @cached_property
    def whole(self) -> str:
        """What changes when anything does that can be referred to."""
        return fingerprint(sorted(str(value) for found in self._by_word.values() for _, value in found))

    def _objects(self) -> Iterator[tuple[str, object]]:
        """Yield names, and all that a page may show of what has that name."""
        env = self._env
        places = {docname: self._place(docname) for docname in env.all_docs}
        for domain in env.domains.sorted():
            for name, shown, kind, docname, anchor, _ in domain.get_objects():
                yield name, [domain.name, kind, shown, places.get(docname), anchor]
        for label, (docname, number) in env.domaindata["math"].get("objects", {}).items():
            yield label, [places.get(docname), number]
        for label, (docname, anchor, _) in env.domaindata["citation"].get("citations", {}).items():
            yield label, [places.get(docname), anchor]

    def _place(self, docname: str) -> list[Any]:
        """Return the address of a document, and the numbers and names of what is in it."""
        env = self._env
        slugs = env.metadata.get(docname, {}).get("myst_slugs", {})
        headings = [(slug, *rest[1:]) for slug, rest in slugs.items()]  # without their lines
        numbers = [env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)]
        return [self._app.builder.get_target_uri(docname), headings, str(numbers)]


def _last_words(name: str) -> set[str]:
    """Return the words of the last part of a docname, or of a dotted name."""
    last = _LAST.search(name)
    return _words(last[0] if last else name)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
