"""A post that is begun and one that is imported, under the same title."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from postdocs import cli
from postdocs.core.slugs import MAX_BYTES

TITLES = (
    *("Ümläute für Straßen", "日本語の記事", "हिन्दी", "Привет, мир", "Café – naïve", "ﬁne Ⅳ"),
    *(
        "C++",
        "C",
        "C#",
        "CON",
        "Index",
        "com¹",
        "!?",
        "🐍",
        "../../etc/passwd",
        "#hash",
        "AT&T <b>",
        "snake_case",
    ),
    *("word " * 40, "語" * 100, "2024", "What's new -- in Node.js?", "İstanbul", "a\u00a0b"),
)
FEED = """\
<rss version="2.0"><channel><title>Blog</title><link>https://example.org/</link><item>
<title>{title}</title><link>https://example.org/?p=1</link>
<pubDate>Fri, 03 May 2024 12:00:00 GMT</pubDate><description>Text.</description>
</item></channel></rss>
"""


@pytest.mark.parametrize("title", TITLES)
def test_one_title_has_one_slug(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`new` and `import` name the file of a post alike, and so that every file system can have it."""
    paths = {}
    for command in ("new", "import"):
        site = tmp_path / command
        site.mkdir()
        (site / "conf.py").write_text('blog_post_pattern = "posts/**/*.md"\n', encoding="utf-8")
        monkeypatch.chdir(site)
        feed = tmp_path / "feed.xml"
        feed.write_text(FEED.format(title=escape(escape(title))), encoding="utf-8")
        args = [title, "--date", "2024-05-03"] if command == "new" else [str(feed), "--quiet"]
        assert cli.run([command, *args]) == 0
        paths[command] = [path.relative_to(site).as_posix() for path in site.rglob("*.md")]
    assert paths["new"] == paths["import"]
    (path,) = paths["new"]
    assert len(Path(path).stem.encode()) <= MAX_BYTES
    assert Path(path).stem.lower() not in {"con", "index", "com1", ""}
