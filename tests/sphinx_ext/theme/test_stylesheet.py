"""What is left of style sheets: the rules, declarations and properties that count somewhere."""

from __future__ import annotations

import pytest

from postdocs.sphinx_ext.theme import stylesheet


def cut(css: str, words: set[str], elements: set[str]) -> str:
    """Return what is left of a style sheet."""
    return stylesheet.write(stylesheet.cut(stylesheet.read(css), words, elements)).strip()


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{color:red} .b{color:red}", ".a{color:red}"),
        (".a,.b,p.a>p{color:red}", ".a,p.a>p{color:red}"),
        (".p{color:red} a{color:red} p > .a{color:red}", "p>.a{color:red}"),
        ('.a[x=" > "] + .a ~ p{color:red}', '.a[x=" > "]+.a~p{color:red}'),
        ("#a:hover::before{color:red} #b{color:red}", "#a:hover::before{color:red}"),
        (".a:not(.b){color:red}", ".a:not(.b){color:red}"),
        (":is(.a,.b) p{color:red} :is(.b) p{color:red}", ":is(.a,.b) p{color:red}"),
        ("[data-bs-theme] .a{color:red} [data-x].a{color:red}", "[data-x].a{color:red}"),
        ("@media print{.b{color:red}}", ""),
        ("@media print{.a{color:red}.b{color:red}}", "@media print{\n.a{color:red}\n}"),
        ("@font-face{font-family:x}", ""),
        ('.a::after{content:"\uf00c"}', ""),
        (".a::after{color:red;font:var(--fa-font)}", ".a::after{color:red}"),
        (".a{color : red ! important}", ".a{color:red!important}"),
        (".a{background:url(data:image/svg+xml;x,y)}", ".a{background:url(data:image/svg+xml;x,y)}"),
    ],
)
def test_rules_that_can_match_are_left(css: str, left: str) -> None:
    """Of a style sheet the rules are left whose every class, id and element is a known word."""
    assert cut(css, {"a"}, {"p"}) == left


def test_colours_hold_without_a_script_and_on_paper() -> None:
    """Light is for all, dark for screens: where it was chosen, or where the system prefers it."""
    light, dark = ('html[data-theme="light"]', 'html[data-theme="dark"]')
    rules = stylesheet.read(f"{light}{{--x:1}} {dark}{{--x:2}} {light} .a{{color:red}}")
    written = stylesheet.write(stylesheet.with_modes(rules))
    assert written == (
        "html[data-theme]{--x:1}\n"
        '@media screen{\nhtml[data-theme="dark"]{--x:2}\n}\n'
        "@media screen and (prefers-color-scheme: dark){\nhtml[data-theme=auto]{--x:2}\n}\n"
        'html[data-theme="light"] .a{color:red}\n'
        "@media not all and (prefers-color-scheme: dark){\nhtml[data-theme=auto] .a{color:red}\n}\n"
    )


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("p{color:red} p{color:blue}", "p{color:blue}"),
        ("@media print{p{color:red}} p{color:blue}", "p{color:blue}"),
        ("p > a{margin-top:0;top:0} p>a{margin:1px}", "p>a{top:0}\np>a{margin:1px}"),
        ("p{color:red!important} p{color:blue!important}", "p{color:blue!important}"),
    ],
)
def test_what_a_later_rule_replaces_is_left_out(css: str, left: str) -> None:
    """Of declarations for the same selector, the later one counts, in a shorthand too."""
    rules = stylesheet.without_overridden(stylesheet.read(css))
    assert stylesheet.write(rules).strip() == left


@pytest.mark.parametrize(
    "css",
    [
        "p{color:red!important}\np{color:blue}",
        "p{color:red}\n@media print{\np{color:blue}\n}",
        "p,a{color:red}\np{color:blue}",
        "p{margin:1px}\np{margin-top:0}",
        "p{border-radius:0}\np{border:0}",
        "p{width:1px;width:fit-content}",
    ],
)
def test_what_counts_somewhere_is_left(css: str) -> None:
    """A declaration stays if it is more important, holds elsewhere, or says more than the later one."""
    rules = stylesheet.without_overridden(stylesheet.read(css))
    assert stylesheet.write(rules).strip() == css


def test_properties_that_nothing_uses_are_left_out() -> None:
    """Custom properties go unless a rule uses them, be it for another that is used, or their name is kept."""
    css = ":root{--a:1;--b:var(--a);--c:var(--d);--d:2;--own-e:3} p{color:var(--b)}"
    rules = stylesheet.without_unused(stylesheet.read(css), kept="--own-")
    assert stylesheet.write(rules) == ":root{--a:1;--b:var(--a);--own-e:3}\np{color:var(--b)}\n"
