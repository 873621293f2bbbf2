"""Bibliographies of sphinxcontrib-bibtex, with file and line of what is wrong in them.

Private: the data of the domain `cite`, and the reader of pybtex, which is driven here entry by entry. Why:
the extension reads bibliographies once in the life of an application, tells neither file nor line of most
mistakes, and loses what follows an entry that is there twice. Seen with sphinxcontrib-bibtex 2.7 and
pybtex 0.26.
`tests/sphinx_ext/reading/test_references.py` has the tests.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

_ALIASES = {"conference": "inproceedings"}  # what BibTeX calls two names
_OTHER = "misc"  # what BibTeX takes an entry for whose type it doesn't know
_PRINTERS = (("get", "_template"), ("format", ""))  # methods of styles, around the type of an entry
_SYNTAX = "syntax error"

# Tells what is wrong, and where; "" where that is a setting.
Tell = Callable[[str, str], None]


def read_files(app: Sphinx, tell: Tell) -> None:
    """Read the bibliographies of a site where they are new or changed.

    Raises ConfigError where one is not BibTeX, or the site's style is not there.
    """
    name = app.config.bibtex_default_style
    try:
        style = _module("pybtex.plugin").find_plugin("pybtex.style.formatting", name)()
    except _module("pybtex.exceptions").PybtexError:
        raise ConfigError(
            f"bibtex_default_style: there is no style {name!r}; write one like 'plain' or 'alpha'"
        ) from None
    domain: Any = app.env.get_domain("cite")
    files = [Path(app.confdir, file).resolve() for file in app.config.bibtex_bibfiles or ()]
    encoding = app.config.bibtex_encoding
    if _module("sphinxcontrib.bibtex.bibfile").is_bibdata_outdated(domain.bibdata, files, encoding):
        domain.data["bibdata"] = bibdata = _read(files, encoding, tell)
        for entry in bibdata.data.entries.values():
            if not any(hasattr(style, f"{verb}_{entry.type}{of}") for verb, of in _PRINTERS):
                entry.type = _ALIASES.get(entry.type, _OTHER)


def _read(files: list[Path], encoding: str, tell: Tell) -> Any:
    bibfile = _module("sphinxcontrib.bibtex.bibfile")
    parser = bibfile.Parser(encoding)
    read: dict[Path, Any] = {}
    for file in files:
        known = {*parser.data.entries}
        try:
            _read_into(parser, file, file.read_text(encoding), tell)
        except OSError:
            tell(f"bibtex_bibfiles: {file} is not there; correct the setting, or add the file", "")
        except (LookupError, UnicodeDecodeError):
            raise ConfigError(f"{file}: not {encoding}; save as UTF-8, or set bibtex_encoding") from None
        keys = dict.fromkeys(key for key in parser.data.entries if key not in known)
        read[file] = bibfile.BibFile(mtime=bibfile.get_mtime(file), keys=keys)
    return bibfile.BibData(encoding=encoding, bibfiles=read, data=parser.data)


def _read_into(parser: Any, file: Path, text: str, tell: Tell) -> None:
    """Add the entries of a file to those of a parser, as its own `parse_string` does."""
    reader = _module("pybtex.database.input.bibtex").LowLevelParser(
        text, macros=parser.macros, filename=str(file)
    )
    try:
        for kind, body in reader:
            if kind.lower() == "preamble":
                parser.process_preamble(*body)
            elif kind.lower() != "string":
                with _module("pybtex.errors").capture() as faults:
                    parser.process_entry(kind.lower(), *body)
                for fault in faults:
                    line = text.count("\n", 0, reader.command_start) + 1
                    tell(f"{fault}; correct the entry", f"{file}:{line}")
    except _module("pybtex.scanner").PybtexSyntaxError as error:
        kind = error.error_type
        problem = error.args[0] if kind == _SYNTAX else f"{kind}: {error.args[0]}"
        raise ConfigError(f"{file}:{error.lineno}: {problem}; correct the entry there") from None


def _module(name: str) -> Any:
    return sys.modules[name]
