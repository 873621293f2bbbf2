"""Settings of generators in JavaScript."""

from __future__ import annotations

import pytest

from importer.folders.trees import NOW, files
from postdocs.importer.folders.systems import plain

POST = "---\ntitle: Low\ndate: 2021-03-04\n---\nText.\n"


@pytest.mark.parametrize(
    ("texts", "root"),
    [
        ({"gatsby-config.js": "module.exports = { siteMetadata: { ...require('./site') } }"}, ""),
        ({"gatsby-config.ts": "import site from './site'\nexport default { siteMetadata: site }"}, ""),
        ({"astro.config.mjs": "const URL = `https://a.org`\nexport default defineConfig({ site: URL })"}, ""),
        (
            {"astro.config.ts": "export default { site: process.env.URL || 'https://a.org', base: '/log' }"},
            "/log",
        ),
        (
            {"docusaurus.config.js": "const c = { url: 'https://' + 'a.org', baseUrl: '/log/' }\n"
             "module.exports = c"},
            "/log",
        ),
        ({".eleventy.js": "", "_data/meta.js": "const url = 'https://a.org'\nmodule.exports = { url }"}, ""),
        (
            {"eleventy.config.js": "export const config = { dir: { data: 'd' }, pathPrefix: '/log/' }",
             "d/site.mjs": "export default () => ({ url: 'https://a.org' })"},
            "/log",
        ),
        ({"gatsby-config.js": "module.exports = merge({ siteMetadata: { siteUrl: 'https://a.org' } })"}, ""),
    ],
)  # fmt: skip
def test_the_address_is_known_where_settings_are_put_together(texts: dict[str, str], root: str) -> None:
    """Of constants, variables of the environment with a default, and other files."""
    site = {"site.js": "module.exports = { title: 'Tides', siteUrl: 'https://a.org' }"}
    assert plain.read(files({"a.md": POST, **site, **texts}), None, NOW).url == f"https://a.org{root}"


def test_the_title_of_a_site_is_not_that_of_something_in_it() -> None:
    """Settings have others in their plugins and menus."""
    config = """
const site = require("./site.json")
module.exports = {
  plugins: [{ options: {
title: "Feed", } }],
  siteMetadata: { ...site, author: { name: "Ann" }, description: `About ${site.title}` },
}
"""
    texts = {"a.md": POST, "gatsby-config.js": config, "site.json": '{"title": "Tides"}'}
    said = plain.read(files(texts), "https://a.org", NOW).settings
    assert (said.title, said.description, said.authors) == ("Tides", "About Tides", (("Ann", None),))
