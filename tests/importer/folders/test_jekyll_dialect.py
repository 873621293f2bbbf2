"""The text of Jekyll's posts: Liquid and kramdown."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from importer.folders.jekyll_sites import POST, entries, post
from postdocs.importer.folders.systems.jekyll import kramdown
from postdocs.importer.folders.systems.jekyll.liquid import liquid
from postdocs.importer.folders.systems.jekyll.tags import Addresses


def test_liquid_is_expanded_and_the_unknown_stays_visible() -> None:
    """Jekyll's tags, templates of the blog, and values; what nobody knows is named with file and line."""
    body = (
        "{% highlight python %}\nx = '```'\n{% endhighlight %}\n\n"
        "[b]({% post_url 2021-01-01-b %}), [c]({{ site.baseurl }}{% link files/c.pdf %}), {{ page.mood }}\n\n"
        "{% include fig.html src='/a.png' caption=page.mood %}\n\n"
        "{% raw %}{{ raw }}{% endraw %}{% comment %}gone{% endcomment %}\n\n"
        "{% gizmo 1 %} {% post_url 2000-01-01-no %} {{ 'now' | date: '%Y' }} {{ open"
    )
    found = entries(
        {
            POST: f"---\ntitle: A\nmood: calm\n---\n{body}\n",
            "_posts/2021-01-01-b.md": "---\ntitle: B\n---\nText.",
            "files/c.pdf": "",
            "_includes/fig.html": "<figure><img src='{{ include.src | absolute_url }}'>"
            "<figcaption>{{ include.caption }}</figcaption></figure>",
        }
    )
    entry = found[1]
    assert (entry.markdown or "").split("\n\n") == [
        "````python\nx = '```'\n````",
        "[b](/2021/01/01/b.html), [c](/files/c.pdf), calm",
        "<figure><img src='https://tides.example.org/a.png'><figcaption>calm</figcaption></figure>",
        "{{ raw }}",
        "{% gizmo 1 %} {% post_url 2000-01-01-no %} {{ 'now' | date: '%Y' }} {{ open\n",
    ]
    assert [note.before for note in entry.notes] == [
        f"blog/{POST}:15: {{% gizmo 1 %}}",
        f"blog/{POST}:15: {{% post_url 2000-01-01-no %}}",
        f"blog/{POST}:15: {{{{ 'now' | date: '%Y' }}}}",
        f"blog/{POST}:15: {{{{",
    ]


@pytest.mark.parametrize(
    "body", ["{% if x %}a", "{% for a in (1..9999999) %}b{% endfor %}", "{{ 1 | divided_by: 0 }}"]
)
def test_liquid_that_fails_is_text(body: str) -> None:
    """It never ends the import, and never vanishes."""
    entry = post("title: A", body)
    assert entry.markdown == f"{body}\n"
    assert "came along as text" in " ".join(note.what for note in entry.notes)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("* TOC\n{:toc}\n\nA", "<p>A</p>\n"),
        ("A\n{: .lead #top}", '<p class="lead" id="top">A</p>\n'),
        ("{:warn: .warn}\nA\n{: warn}", '<p class="warn">A</p>\n'),
        ("## A {#b}", '<h2 id="b">A</h2>\n'),
        ("## A\n{: #b}", '<h2 id="b">A</h2>\n'),
        (
            "![a](b.png){: width='20' .x onclick='y'}",
            '<p><img src="b.png" alt="a" width="20" class="x" /></p>\n',
        ),
        ("[a](b){:target='_blank'} c", '<p><a href="b">a</a> c</p>\n'),
        ("a $$x_1$$ b", '<p>a <span class="math inline">x_1</span> b</p>\n'),
        ("$5 and $6", "<p>$5 and $6</p>\n"),
        (
            'The HTML.\n\n*[HTML]: Hyper "Text"',
            '<p>The <abbr title="Hyper &quot;Text&quot;">HTML</abbr>.</p>\n\n',
        ),
        ("<div markdown='1'>\n*a*\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
        ("```\n{: .a}\n```", "<pre><code>{: .a}\n</code></pre>\n"),
    ],
)
def test_kramdown_is_read_as_kramdown_does(text: str, html: str) -> None:
    """Attribute lists, formulas, abbreviations, and Markdown in HTML."""
    assert kramdown.render(kramdown.translate(text)).strip() == html.strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<center>\n<b>a</b>\n</center>\n*b*", "<center>\n<b>a</b>\n</center>\n<p><em>b</em></p>\n"),
        ("<figure>\n\n    <b>a</b>\n\n</figure>\n", "<figure>\n\n    <b>a</b>\n\n</figure>\n"),
        ("a\n<div><div>\n\nb</div>\n</div>\nc", "<p>a</p>\n<div><div>\n\nb</div>\n</div>\n<p>c</p>\n"),
        ("<div>a</div> <div>\n\n*b*</div>", "<div>a</div> <div>\n\n*b*</div>"),
        ("<div>\n\n*a*\n", "<div>\n<p><em>a</em></p>\n"),
        ("<div>a</div> b", "<div>a</div> b"),
        (
            "```\n<div>\n```\n\n*a*\n\n</div>\n",
            "<pre><code>&lt;div&gt;\n</code></pre>\n<p><em>a</em></p>\n</div>\n",
        ),
        ("", ""),
    ],
)
def test_html_is_one_block_up_to_the_end_of_its_element(text: str, html: str) -> None:
    """Blank lines and spaces in it mean nothing, and what follows it is Markdown, as in kramdown 2.4."""
    assert kramdown.render(kramdown.translate(text)).strip() == html.strip()


def test_a_paragraph_below_html_is_one_for_myst_too() -> None:
    """CommonMark would read it as HTML up to the next blank line."""
    text = "<center>a</center>\n*b* $$x$$\n\n<p>c</p>\n\nd"
    assert kramdown.translate(text).author == "<center>a</center>\n\n*b* $x$\n\n<p>c</p>\n\nd"


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("a $$x\n+ y$$ b", "a $x\n+ y$ b"),
        ("a\n$$x$$\nb", "a\n$x$\nb"),
        ("$$\nx\n$$", "$$\nx\n$$"),
        ("$$x\n\ny$$", "$$x\n\ny$$"),
        ("`$$x$$` $$y$$", "`$$x$$` $y$"),
        (r"a \\( x\_1 \\\\ y \\) b", r"a $x_1 \\ y$ b"),
        (r"`\\(x\\)` \\(a", r"`\\(x\\)` \\(a"),
        (r"a $x\_1$ $$y\_2$$ b", r"a $x_1$ $y\_2$ b"),
    ],
)
def test_formulas_in_a_paragraph_have_single_dollars_for_myst(text: str, author: str) -> None:
    """They may go over lines, and stand in the brackets that kramdown leaves for MathJax."""
    assert kramdown.translate(text).author == author


def test_the_text_for_myst_is_without_kramdowns_marks() -> None:
    """Formulas within a line get the dollars that MyST has for them; it reads the id of a heading itself."""
    text = "* TOC\n{:toc}\n\nA $$x$$ b\n{: .lead}\n\n[a](b){: .c}\n\n$$\ny\n$$\n\n## T {#t}"
    assert kramdown.translate(text).author.split() == [
        "A", "$x$", "b", "[a](b)", "$$", "y", "$$", "##", "T", "{#t}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("a\n\nb\n*c*\n{: .notice--warning}\n\nd", "a\n\n:::{warning}\nb\n*c*\n:::\n\n\nd"),
        ("a\n{: .notice}\n{: .notice}", ":::{note}\na\n:::\n\n"),
        ("a\n{: .lead}", "a\n"),
        ("- a\n{: .notice}", "- a\n"),
        ("```\na\n```\n{: .notice}", "```\na\n```\n"),
        ("{: .notice}\na", "\na"),
    ],
)
def test_paragraphs_that_themes_show_as_boxes_are_directives(text: str, author: str) -> None:
    """Their lines stay; other blocks and other classes are what they were."""
    assert kramdown.translate(text).author == author


def test_sizes_and_abbreviations_are_as_myst_has_them() -> None:
    """A size may be in a list that has a name; code and links keep a name as it is."""
    text = "![a](b){: .c width='30'} ![d](e){:small}\n\nHTML `HTML` [x](HTML)\n\n"
    text += '{:small: height=2}\n*[HTML]: Hyper "T"'
    assert kramdown.translate(text).author.split("\n\n")[:2] == [
        '![a](b){width="30"} ![d](e){height="2"}',
        '<abbr title="Hyper &quot;T&quot;">HTML</abbr> `HTML` [x](HTML)',
    ]


def test_templates_that_include_themselves_are_text() -> None:
    """Nothing runs without end."""
    found = entries(
        {POST: "---\ntitle: A\n---\n{% include a.html %}\n", "_includes/a.html": "{% include a.html %}"}
    )
    assert found[0].markdown == "{% include a.html %}\n"


@pytest.mark.parametrize("text", ["{% a " * 500, "{{ a " * 500, "{% highlight a %}" * 500, "{% raw %}" * 500])
def test_tags_without_an_end_are_text(text: str) -> None:
    """However many there are, none vanishes."""
    assert post("title: A", text).markdown == f"{text}\n"


def test_lists_of_attributes_that_name_each_other_are_read_once() -> None:
    """Ten of them that all name the others would be millions of readings."""
    names = " ".join(f"a{number}" for number in range(10))
    lists = "\n".join(f"{{:a{number}: {names} #id{number}}}" for number in range(10))
    chain = "\n".join(f"{{:b{number}: b{number + 1}}}" for number in range(3000))
    translated = kramdown.translate(f"{lists}\n{chain}\n\nText.\n{{: a0}}\n\nText.\n{{: b0}}\n")
    assert any("id" in attributes for attributes in translated.attributes.values())


@pytest.mark.parametrize(
    "text", ["{% highlight %}", "<div ", "{% foo %}", "<div>\n\n", "</p>\n<p>", "$$ a ", r"\\( a "]
)
def test_templates_and_html_take_time_in_proportion_to_the_text(text: str) -> None:
    """What never closes is read once, not once for each beginning before it."""
    site = liquid({}, {}, Addresses({}, {}), "", {})

    def read(size: int) -> None:
        expanded, _ = site.expand(f"{text * size}{{% endhighlight %}} markdown=1", {}, "a.md", 1)
        kramdown.render(kramdown.translate(expanded))

    assert_linear(read, 20_000)


def test_an_include_may_go_over_lines() -> None:
    """As many themes show it."""
    one = next(
        entry
        for entry in entries(
            {
                POST: "---\ntitle: A\n---\n{{ page.title }}\n\n"
                '{% include fig.html\n   src="/a.png"\n   alt="x"\n%}\n',
                "_includes/fig.html": "<img src='{{ include.src }}' alt='{{ include.alt }}'>",
            }
        )
    )
    assert one.markdown == "A\n\n<img src='/a.png' alt='x'>\n"


@pytest.mark.parametrize("words", ["KL(p||q) of p(x|z)", "today", "a | b"])
def test_what_looks_like_a_filter_in_words_is_none(words: str) -> None:
    """Nor is a word the time of a build, as a parameter of an include."""
    texts = {
        POST: f'---\ntitle: A\n---\n{{% include fig.html alt="{words}" %}}\n',
        "_includes/fig.html": "<img src='/a.png' alt='{{ include.alt }}'>",
    }
    found = entries(texts)[0]
    assert found.markdown == f"<img src='/a.png' alt='{words}'>\n"
    assert not found.notes


def test_a_string_may_have_what_looks_like_a_filter() -> None:
    """It is shown as it is."""
    found = entries({POST: "---\ntitle: A\n---\n{{ 'KL(p||q) of p(x|z), a | b' }}\n"})[0]
    assert found.markdown == "KL(p||q) of p(x|z), a | b\n"
    assert not found.notes


@pytest.mark.parametrize(
    "shown", ["{{ 'a|b' | unheard }}", "{{ 'now' | date: '%Y' }}", "{{ 'a' | unheard }}"]
)
def test_filters_of_strings_are_looked_at(shown: str) -> None:
    """What is not known, or is another text with each build, comes along as text."""
    found = entries({POST: f"---\ntitle: A\n---\n{shown}\n"})[0]
    assert found.markdown == f"{shown}\n"
    assert len(found.notes) == 1


def test_markdown_in_html_is_rendered_by_markdownify() -> None:
    """As in the boxes of Minimal Mistakes."""
    boxed = "{% capture box %}\n* One [x](/y)\n{% endcapture %}"
    body = f'{boxed}\n<div class="notice">{{{{ box | markdownify }}}}</div>'
    assert '<li>One <a href="/y">x</a></li>' in post("title: A", body).content


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ('a <iframe\n  src="/v" /> b', 'a <iframe\n  src="/v" ></iframe> b'),
        ('<video src="/a.mp4" controls/> b', '<video src="/a.mp4" controls></video> b'),
        ('<a name="x"/>b <br/> <img src="/a/"/>', '<a name="x"></a>b <br/> <img src="/a/"/>'),
        ("`<a/>`", "`<a/>`"),
        ('<a href="/x/">b</a>', '<a href="/x/">b</a>'),
    ],
)
def test_a_slash_closes_an_element_as_in_kramdown(text: str, author: str) -> None:
    """HTML would take all that follows for its content."""
    assert kramdown.translate(text).author == author
