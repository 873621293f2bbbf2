"""Pages that show each expression of `tests/data/math` as KaTeX sets it, and as a site does, side by side.

    python tests/browser/contact_sheets.py KATEX FONT FOLDER

KATEX is the folder `dist` of the package katex, FONT the font of sites before it is
subset. Open the pages in each browser, in narrow and wide windows, light and dark, and compare.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from expressions import GROUPS, expressions

_STYLES = Path(__file__).parents[2] / "src/postdocs/sphinx_ext/theme/postdocs/styles/posts/formulas.css"
_SHOWN = '<div class="math"><div class="formula"><math display="block">{}</math></div></div>'  # as in a site
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{group}</title>
<link rel="stylesheet" href="{katex}/katex.min.css">
<style>
{styles}
@font-face {{ font-family: "Postdocs Math"; src: url("{font}"); }}
:root {{ color-scheme: light dark; }}
table.sheet {{ border-collapse: collapse; table-layout: fixed; width: 100%; }}
.sheet > tbody > tr > * {{ border: thin solid gray; overflow-wrap: anywhere; padding: 0.2em; }}
.sheet th {{ font: 0.6rem monospace; width: 20%; }}
@media (width < 600px) {{
  .sheet > tbody > tr {{ border-bottom: 0.5em solid gray; display: block; }}
  .sheet > tbody > tr > * {{ display: block; width: auto; }}
}}
</style></head><body><table class="sheet"><tbody>
{rows}
</tbody></table>
<script src="{katex}/katex.min.js"></script><script src="{katex}/contrib/mhchem.min.js"></script>
<script>
for (const [place, latex] of {latex}.entries()) {{
  const options = {{ displayMode: true, throwOnError: false, strict: false, macros: {{}} }};
  katex.render(latex, document.querySelectorAll(".katex-cell")[place], options);
}}
</script></body></html>
"""


def main(katex: Path, font: Path, folder: Path) -> None:
    """Write a page for each group of expressions."""
    folder.mkdir(parents=True, exist_ok=True)
    styles = _STYLES.read_text(encoding="utf-8")
    for group in GROUPS:
        rows, latex = [], []
        for expression in expressions(group):
            latex.append(expression.latex)
            formula = expression.set_again()
            shown = escape(formula) if formula.startswith("! ") else _SHOWN.format(formula)
            rows.append(
                f"<tr><th>{escape(expression.latex)}</th><td class='katex-cell'></td><td>{shown}</td></tr>"
            )
        page = _PAGE.format(
            group=group,
            katex=katex.resolve().as_uri(),
            font=font.resolve().as_uri(),
            styles=styles,
            rows="\n".join(rows),
            latex=json.dumps(latex).replace("<", "\\u003c"),
        )
        (folder / f"{group}.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
