"""Modules of JavaScript, read as data."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import assert_linear

from postdocs.importer.folders import javascript
from postdocs.importer.folders.javascript import UNKNOWN, Function

FILES = {
    "site.js": "module.exports = { url: 'https://a.org', title: 'Tides' }",
    "meta.json": '{"title": "Tides", "links": [1]}',
    "named.mjs": "export const title = 'Tides'; export default { a: 1 }",
}


def exported(text: str) -> Any:
    """Return what a module exports that may import those of FILES."""
    return javascript.exported("a.js", {**FILES, "a.js": text}.get)


VALUE = "{ a: 'x', \"b-c\": [1, 2.5, -3, null,], d: { e: true, }, }"


@pytest.mark.parametrize(
    "text",
    [
        f"module.exports = {VALUE}",
        f"export default {VALUE} satisfies T",
        f"const c: Config<{{a: 1}}> = {VALUE}\nexport default c",
        f"export default defineConfig({VALUE})",
        f"module.exports = function (x) {{\n  if (x) {{ return 1 }}\n  return {VALUE} // c 'd\n}}",
        f"export default async (x) => {{ x.on(() => {{ return 2 }}); return {VALUE} }}",
        f"export default () => ({VALUE})",
    ],
)
def test_literals_are_what_they_say(text: str) -> None:
    """In modules of both kinds, in functions of settings, and in TypeScript."""
    assert exported(text) == {"a": "x", "b-c": [1, 2.5, -3, None], "d": {"e": True}}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("process.env.URL || 'https://a.org'", "https://a.org"),
        ("process.env.URL ?? name", "Ebb"),
        ("name + ' and ' + 'flow'", "Ebb and flow"),
        ("`${name}/${meta.title}`", "Ebb/Tides"),
        ("site.title", "Tides"),
        ("title", "Tides"),
        ("other.a", 1),
        ("require('./site').url", "https://a.org"),
        ("{ ...site, title: name }", {"url": "https://a.org", "title": "Ebb"}),
        ("[...meta.links, 2]", [1, 2]),
        ("process.env.NODE_ENV === 'production' ? '/log/' : '/'", "/log/"),
        ("process.env.NODE_ENV !== \"production\" ? '/log/' : '/'", "/"),
        ("'it\\'s \\u00e9'", "it's é"),
        ("changed", UNKNOWN),
        ("process.env.URL", UNKNOWN),
        ("round", UNKNOWN),
        ("compute('a')", UNKNOWN),
        ("`${compute()}/x`", UNKNOWN),
        ("test ? 'a' : 'b'", UNKNOWN),
        ("require('../../etc/passwd')", UNKNOWN),
        ("(data) => `/${data.x}/`", Function()),
        ("() => '/x/'", Function("/x/")),
    ],
)
def test_names_and_files_are_known_and_what_runs_is_not(code: str, value: object) -> None:
    """A name that is given a value twice isn't known either."""
    before = (
        "import meta from './meta.json'\nimport site from './site'\n"
        "import other, { title } from './named.mjs'\n"
        "const name = 'Ebb'\nlet changed = 1\nchanged = 2\nconst round = back, back = round\n"
    )
    assert exported(f"{before}export default {{ value: {code} }}")["value"] == value


def test_calls_of_a_method_have_arguments() -> None:
    """Wherever they stand."""
    text = "export default function (x) {\n  x.add('a', { b: 1 }); if (y) { x.add(z) }\n}"
    assert javascript.arguments("a.js", {"a.js": text}.get, "add") == [["a", {"b": 1}], [UNKNOWN]]


def test_a_module_that_doubles_itself_is_not_known() -> None:
    """Nor one that imports itself."""
    doubles = "".join(f"const a{at} = [a{at + 1}, a{at + 1}]\n" for at in range(40))
    assert exported(f"{doubles}const a40 = 1\nexport default a0") is UNKNOWN
    assert exported("import a from './a.js'\nexport default a") is UNKNOWN


@pytest.mark.parametrize(
    "text", ["[", "{a:", "`\\", "/* ", "/*", '"\\', "=/[", "import a,", "const {", "x=>", "a ? ", "a.b("]
)
def test_modules_take_time_in_proportion_to_the_text(text: str) -> None:
    """Also those that never close what they open."""
    assert_linear(lambda size: exported("export default " + text * (size // len(text))), 40_000)
