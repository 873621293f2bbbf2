"""Languages of code in Pygments."""

from __future__ import annotations

import re
from functools import cache

from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

# Names of other highlighters, by what Pygments calls them; and shorter names for those with several.
_ALIASES = {
    "asm": "nasm", "assembly": "nasm", "batchfile": "batch", "c_cpp": "cpp", "cjs": "javascript",
    "coffee-script": "coffeescript", "commandline": "console", "conf": "ini", "cplusplus": "cpp",
    "csh": "tcsh", "docker-compose": "yaml", "dotenv": "ini", "env": "ini", "fs": "fsharp",
    "gradle": "groovy", "htm": "html", "html-basic": "html", "html5": "html", "inputrc": "ini",
    "ipynb": "json", "ipython": "python", "ipython2": "python", "ipython3": "python",
    "javascriptreact": "jsx", "jscript": "javascript", "jsonl": "json", "m": "matlab", "markup": "html",
    "mathematica": "wolfram", "mjs": "javascript", "objc": "objective-c", "objectivec": "objective-c",
    "patch": "diff", "plsql": "sql", "ps": "powershell", "python-repl": "pycon", "python-traceback": "pytb",
    "python2": "python", "rmarkdown": "markdown", "rscript": "r", "sh-session": "console",
    "shell-session": "console", "shellscript": "bash", "shellsession": "console", "stylus": "css",
    "terminal": "console", "text.html.basic": "html", "typescriptreact": "tsx", "vb": "vbnet",
    "viml": "vim", "vimscript": "vim", "visualbasic": "vbnet", "wl": "wolfram", "xhtml": "html",
    "zshell": "zsh",
}  # fmt: skip
_EXTRA = re.compile(r"[{,:;\s].*", re.DOTALL)  # `js{1,3}`, `rust,ignore`, `python:title=x`


@cache
def known_language(name: str) -> str:
    """Return a language as Pygments knows it, in lower case; empty where it does not.

    name: as another highlighter has it, with the options that some write after it.
    """
    cleaned = _EXTRA.sub("", name.strip().lstrip("{.").rstrip("}")).lower()
    for candidate in (_ALIASES.get(cleaned, cleaned), cleaned.replace("_", "-")):
        try:
            find_lexer_class_by_name(candidate)
        except ClassNotFound:
            continue
        return candidate
    return ""
