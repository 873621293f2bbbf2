"""The command `postdocs build`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "build",
        help="build a site with Sphinx",
        usage="%(prog)s [-h] -- SPHINX_ARGUMENT…",
        description="Build a site with Sphinx. First check that conf.py runs and that its extensions are "
        "installed: an error there is one line with the line of conf.py, instead of Sphinx's traceback.",
        epilog="Example: postdocs build -- -b dirhtml . _build/html. Exit status: that of sphinx-build, or 2 "
        "if conf.py fails.",
    )
    parser.add_argument(
        "arguments",
        nargs="+",
        metavar="SPHINX_ARGUMENT",
        help="the arguments of sphinx-build, after --",
    )
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from sphinx.cmd.build import build_main, get_parser
    from sphinx.locale import init_console

    from postdocs.core import conf
    from postdocs.sphinx_ext.compat.crash_report import told_in_a_line

    arguments = [*options.arguments]
    init_console()  # the help of Sphinx's parser waits for its catalog
    parsed, _ = get_parser().parse_known_args(arguments)
    settings = Path(parsed.confdir or parsed.sourcedir, "conf.py")
    conf.check(settings)

    def explain(error: BaseException) -> str | None:
        mistake = conf.explain(settings, error)
        return f"postdocs: {mistake}" if mistake else None

    with told_in_a_line(explain):
        return build_main(arguments)
