"""Build a Sphinx site in this process, and print as JSON the CPU seconds of each stage.

Run as a program: its arguments are those of sphinx-build. A stage's time is without that of stages within it.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

OTHER = "the rest"
STAGES = {  # function: its stage
    "sphinx.application:Sphinx.__init__": "start",
    "sphinx.application:Sphinx._load_existing_env": "environment loaded",
    "sphinx.builders:Builder.read": "reading",
    "sphinx.environment:BuildEnvironment.check_consistency": "consistency",
    "pickle:dump": "pickling",
    "sphinx.environment:BuildEnvironment.get_and_resolve_doctree": "resolving",
    "sphinx.builders.html:StandaloneHTMLBuilder.write_doc": "writing posts: bodies",
    "sphinx.builders.html:StandaloneHTMLBuilder.handle_page": "pages around bodies, templates",
    "sphinx.builders.html:StandaloneHTMLBuilder.copy_image_files": "copied files",
    "sphinx.builders.html:StandaloneHTMLBuilder.copy_static_files": "copied files",
    "sphinx.builders.html:StandaloneHTMLBuilder.gen_pages_from_extensions": "lists",
    "postdocs.sphinx_ext.planning.rebuild:stale_documents": "what is stale",
    "postdocs.sphinx_ext.planning.rebuild:finish": "what is stale",
    "postdocs.sphinx_ext.feeds.writer:write_feeds": "feeds",
    "postdocs.sphinx_ext.feeds.articles:keep_articles": "feeds: articles",
    "postdocs.sphinx_ext.head.social:write_cards": "cards",
    "postdocs.sphinx_ext.search.output:write_index": "search index",
    "postdocs.sphinx_ext.search.articles:keep_article": "search: articles",
}


def cpu() -> float:
    """Return the CPU seconds of this process and its children."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def place_of(path: str) -> tuple[Any, str]:
    """Return the module or class that holds a function, and the function's name there."""
    module, _, names = path.partition(":")
    *owners, name = names.split(".")
    return functools.reduce(getattr, owners, importlib.import_module(module)), name


class Clock:
    """Gives time to the innermost stage. now: returns seconds."""

    def __init__(self, now: Callable[[], float] = cpu) -> None:
        self._now = now
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.around = ["imports"]
        self.last = 0.0

    def lap(self) -> None:
        """Give the time since the last lap to the stage that is on."""
        now = self._now()
        self.seconds[self.around[-1]] += now - self.last
        self.last = now

    def call(self, stage: str, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Call a function as a stage."""
        self.lap()
        # Pages of lists are written as those of posts are; they count as lists.
        self.around.append("lists" if "lists" in self.around and "templates" in stage else stage)
        try:
            return function(*args, **options)
        finally:
            self.lap()
            self.around.pop()

    def watch(self, path: str, stage: str) -> None:
        """Put a function that counts in the place of one. path: its module, a colon, its name there."""
        owner, name = place_of(path)
        function = getattr(owner, name)

        @functools.wraps(function)
        def watched(*args: Any, **options: Any) -> Any:
            return self.call(stage, function, *args, **options)

        @functools.wraps(function)
        def generator(*args: Any, **options: Any) -> Iterator[Any]:
            steps = function(*args, **options)
            while (step := self.call(stage, next, steps, None)) is not None:
                yield step

        setattr(owner, name, generator if inspect.isgeneratorfunction(function) else watched)


def main() -> None:
    """Build, and print the stages."""
    clock = Clock()
    for name in ("pydata_sphinx_theme", "myst_parser.sphinx_ext.main", "ablog", "sphinx_copybutton"):
        importlib.import_module(name)
    for path, stage in STAGES.items():
        clock.watch(path, stage)
    run = importlib.import_module("sphinx.cmd.build").main
    code = clock.call(OTHER, run, sys.argv[1:])
    print(json.dumps(clock.seconds), flush=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
