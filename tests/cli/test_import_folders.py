"""The commands of the pages on Jekyll and Hugo, on small blogs."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from postdocs import cli

CONF = (
    'blog_post_pattern = "posts/**/*.md"\n'
    'myst_enable_extensions = ["attrs_inline", "attrs_block", "colon_fence", "deflist", "dollarmath"]\n'
)
TEXT = """\
The moon _pulls_, and the sea follows.

* ebb
* flow

![A gauge](/img/gauge.png)
"""
JEKYLL = {
    "_config.yml": "title: Tides\nurl: https://tides.example.org\npermalink: pretty\n",
    "_posts/2021-03-04-low.md": f"---\ntitle: Low\ntags: [moon]\n---\n{TEXT}",
    "_posts/2021-04-05-high.md": "---\ntitle: High\n---\nAfter [low]({% post_url 2021-03-04-low %}).\n",
    "_drafts/neap.md": "---\ntitle: Neap\n---\nNot yet.\n",
}
HUGO = {
    "hugo.toml": 'title = "Tides"\nbaseURL = "https://tides.example.org/"\n',
    "content/posts/low.md": f"+++\ntitle = 'Low'\ndate = 2021-03-04\ntags = ['moon']\n+++\n{TEXT}",
    "content/posts/high.md": "---\ntitle: High\ndate: 2021-04-05\n---\nAfter [low]({{< ref low.md >}}).\n",
    "content/posts/neap.md": "---\ntitle: Neap\ndraft: true\n---\nNot yet.\n",
}
BLOGS: dict[str, Mapping[str, str]] = {"Jekyll": JEKYLL, "Hugo": HUGO}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty site in the working directory."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def blog(folder: Path, system: str) -> str:
    """Write a blog, and return the path of its folder as the user gives it."""
    picture = io.BytesIO()
    Image.new("RGB", (4, 2)).save(picture, "PNG")
    static = "static/" if system == "Hugo" else ""
    files = {name: text.encode() for name, text in BLOGS[system].items()}
    for name, data in {**files, f"{static}img/gauge.png": picture.getvalue()}.items():
        file = folder / "old-blog" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return "../old-blog"


def test_settings_are_offered_and_written_when_asked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each import shows the changes of conf.py; --settings writes them, but not with --dry-run."""
    source = blog(site.parent, "Jekyll")
    conf = site / "conf.py"
    own = f'# café\nproject = "Notes"\nhtml_baseurl = "https://own.example/"\n{CONF}'.replace("\n", "\r\n")
    conf.write_bytes(own.encode())

    assert cli.run(["import", source, "--dry-run", "--settings"]) == 0
    assert cli.run(["import", source]) == 0
    assert conf.read_bytes() == own.encode()
    out = capsys.readouterr().out
    assert out.count('-project = "Notes"\n+project = "Tides"') == 2
    assert out.count("Add --settings to write these changes of conf.py.") == 1
    stays = "html_baseurl stays 'https://own.example/'; the source says 'https://tides.example.org/'"
    assert f"conf.py:3: {stays} (--replace takes it)" in out

    assert cli.run(["import", source, "--settings"]) == 0
    assert conf.read_bytes() == own.replace("Notes", "Tides").encode()
    capsys.readouterr()
    assert cli.run(["import", source]) == 0
    assert "Add --settings" not in capsys.readouterr().out


@pytest.mark.parametrize("system", BLOGS)
def test_a_source_folder_is_imported(system: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text stays to the letter, links and pictures lead to files, and drafts stay drafts."""
    source = blog(site.parent, system)

    assert cli.run(["import", source, "--dry-run"]) == 0
    assert not (site / "posts").exists()
    assert cli.run(["import", source]) == 0

    out = " ".join(capsys.readouterr().out.split())
    assert f"{system} site, 3 posts, 1 draft among them" in out
    assert "4 of 5 blocks in the author's own Markdown, 1 adapted; 0 lost" in out
    low = (site / "posts/2021/low.md").read_text(encoding="utf-8")
    assert low.endswith(TEXT)
    assert "tags: [moon]" in low
    assert (site / "img/gauge.png").is_file()
    assert "After [low](project:low.md)." in (site / "posts/2021/high.md").read_text(encoding="utf-8")
    assert "draft: true" in next((site / "posts").rglob("neap.md")).read_text(encoding="utf-8")


@pytest.mark.parametrize("system", BLOGS)
def test_a_changed_source_comes_in_with_update(system: str, site: Path) -> None:
    """A second import changes nothing; a post that was changed by hand gets the new text beside it."""
    source = blog(site.parent, system)
    cli.run(["import", source, "--quiet"])
    (high,) = (site / "posts").rglob("high.md")
    before = high.read_text(encoding="utf-8")
    assert cli.run(["import", source, "--quiet", "--update"]) == 0
    assert high.read_text(encoding="utf-8") == before

    (old,) = (site.parent / "old-blog").rglob("*high.md")
    old.write_text(old.read_text(encoding="utf-8").replace("After", "Long after"), encoding="utf-8")
    high.write_text(f"{before}\nBy hand.\n", encoding="utf-8")
    cli.run(["import", source, "--quiet", "--update"])
    assert "By hand." in high.read_text(encoding="utf-8")
    assert "Long after" in Path(f"{high}.new").read_text(encoding="utf-8")


def test_a_folder_of_built_pages_must_be_there(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names it, and nothing is written."""
    assert cli.run(["import", blog(site.parent, "Jekyll"), "--built", "../nowhere"]) == 2
    assert "../nowhere: there is no such folder" in capsys.readouterr().err
    assert not (site / "posts").exists()


def test_files_that_posts_link_to_are_copied(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of any kind, with their size in the report; --settings is enough for links to lists."""
    source = blog(site.parent, "Jekyll")
    old = site.parent / "old-blog"
    (old / "data").mkdir()
    (old / "data/low water.csv").write_text("h,m\n", encoding="utf-8")
    (old / "data/.env").write_text("KEY=1", encoding="utf-8")
    text = (
        "---\ntitle: Data\n---\nThe [hours](/data/low%20water.csv), [key](/data/.env), [moon](/tags/moon/).\n"
    )
    (old / "_posts/2021-05-06-data.md").write_text(text, encoding="utf-8")

    assert cli.run(["import", source, "--settings", "--report", "report.json"]) == 0
    assert "\n2 images and files of posts: " in capsys.readouterr().out
    assert (
        json.loads((site / "report.json").read_text(encoding="utf-8"))["copies"]["posts/2021/low-water.csv"]
        == 4
    )
    assert (site / "posts/2021/low-water.csv").read_text(encoding="utf-8") == "h,m\n"
    assert (
        (site / "posts/2021/data.md")
        .read_text(encoding="utf-8")
        .endswith(
            "\nThe [hours](low-water.csv), [key](https://tides.example.org/data/.env), "
            "[moon](https://tides.example.org/blog/tag/moon/).\n"
        )
    )


@pytest.mark.parametrize("base", ["", "https://own.example/"])
def test_a_blog_that_says_no_address_gets_that_of_the_site(
    base: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No other that nobody has; without either, nothing is written."""
    (site / "conf.py").write_text(
        f'html_baseurl = "{base}"\nblog_baseurl = html_baseurl\n{CONF}', encoding="utf-8"
    )
    folder = site.parent / "nowhere"
    folder.mkdir()
    text = "---\ntitle: A\ndate: 2021-03-04\n---\n[b](/b/)\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    assert cli.run(["import", str(folder)]) == (0 if base else 2)
    said = "".join(capsys.readouterr())
    assert ("stands for that of the blog" if base else "give it with --url") in said
    posts = [post.read_text(encoding="utf-8") for post in (site / "posts").rglob("*.md")]
    assert ["[b](/b/)" in post for post in posts] == ([True] if base else [])
    assert not [post for post in posts if "invalid" in post]
