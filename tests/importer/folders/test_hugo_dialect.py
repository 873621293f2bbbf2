"""The text of Hugo's pages: shortcodes, Goldmark, links and emoji."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from importer.folders.hugo_sites import CONFIG, POST, entries, post
from postdocs.importer.folders.systems.hugo import goldmark, readers, shortcodes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< figure src="/a.png" alt="A" >}}', '<figure><img src="/a.png" alt="A"></figure>'),
        (
            '{{< figure src="a.png" caption="*Low* [x](y)" >}}',
            '<figure><img src="a.png" alt="Low x(y)">'
            '<figcaption><em>Low</em> <a href="y">x</a></figcaption></figure>',
        ),
        ("{{< highlight go >}}\na```\n{{< /highlight >}}", "````go\na```\n````"),
        ('[b]({{< ref "b.md#c" >}})', "[b](/posts/b/#c)"),
        ('[b]({{% relref "/posts/b" %}})', "[b](/posts/b/)"),
        ("{{< youtube dQw4w9WgXcQ >}}", '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'),
        ("{{< gist ann 12ab >}}", '<script src="https://gist.github.com/ann/12ab.js"></script>'),
        ("{{< param mood >}}", "calm"),
        (
            '{{% notice warning "Careful" %}}\n*a*\n{{% /notice %}}',
            '<div class="admonition warning"><p class="admonition-title">Careful</p>\n\n*a*\n\n</div>',
        ),
        ("{{</* youtube x */>}}", "{{< youtube x >}}"),
        ("{{<nope />}} a", "{{&lt;nope /&gt;}} a"),
        ("{{< nope >}}*a*{{< /nope >}}", "{{&lt; nope &gt;}}*a*{{&lt; /nope &gt;}}"),
        ("```\n{{< nope >}}\n```", "```\n{{< nope >}}\n```"),
        ("`{{< nope >}}` a `b` {{< nope >}}", "`{{< nope >}}` a `b` {{&lt; nope &gt;}}"),
        ('{{< codeblock language="go" >}}\n# *a*\n{{< /codeblock >}}', "```go\n# *a*\n```"),
        (
            '{{< tabs >}}\n{{< tab "A & B" >}}\n*a*\n{{< /tab >}}\n'
            '{{% tab title="C" %}}c{{% /tab %}}\n{{< /tabs >}}',
            "<dl><dt>A &amp; B</dt><dd>\n\n*a*\n\n</dd>\n<dt>C</dt><dd>\n\nc\n\n</dd></dl>",
        ),
        (
            '{{< tabs items="A, B" >}}{{< tab >}}a{{< /tab >}}{{< tab >}}b{{< /tab >}}{{< /tabs >}}',
            "<dl><dt>A</dt><dd>\n\na\n\n</dd>\n<dt>B</dt><dd>\n\nb\n\n</dd></dl>",
        ),
        (
            '{{< tabpane >}}{{< tab header="A" lang="go" >}}\n# *a*\n{{< /tab >}}{{< /tabpane >}}',
            "<dl><dt>A</dt><dd>\n\n```go\n# *a*\n```\n\n</dd></dl>",
        ),
        ('{{< ref "none.md" >}}', '{{&lt; ref "none.md" &gt;}}'),
        ("{{< never ends", "{{< never ends"),
        ("{{< comment >}}a{{< /comment >}}b", "b"),
        ("![]({{< blogdown/postref >}}index_files/a.png)", "![](index_files/a.png)"),
    ],
)
def test_shortcodes_show_what_they_stand_for(text: str, expected: str) -> None:
    """Those of Hugo and of common themes; the others stay visible."""
    links = {"b.md#c": "/posts/b/#c", "/posts/b": "/posts/b/"}
    page = readers.Page(links.get, {"mood": "calm"})
    shown, notes = shortcodes.expand(text, page, "a.md", 3)
    assert shown == expected
    is_unknown = any(word in text for word in ("nope", "none", "never"))
    assert bool(notes) is is_unknown
    assert all(note.before.startswith(("a.md:3: {{", "a.md:4: {{")) for note in notes)


@pytest.mark.parametrize(
    ("inner", "template", "shown"),
    [
        ("\nA *b*, see [c](d).\n\n![e](f.png)\n", "", "\n\nA *b*, see [c](d).\n\n![e](f.png)\n\n"),
        ("\n- a\n  b\n- c\n  d\n", "", "\n\n- a\n  b\n- c\n  d\n\n"),
        ("*a*", "", "*a*"),
        ("\n#include <a.h>\nint *b*;\n", "", "\n\n```\n#include <a.h>\nint *b*;\n```\n\n"),
        (
            '\n{\n  "a": [1],\n\n  "b": "__c__"\n}\n',
            "",
            '\n\n```\n{\n  "a": [1],\n\n  "b": "__c__"\n}\n```\n\n',
        ),
        ("\nint *a*;\nint *b*;\n", "{{ .Inner | markdownify }}", "\n\nint *a*;\nint *b*;\n\n"),
        ("\nA *b*\nc\n", '<pre class="x">{{ .Inner }}</pre>', "\n\n```\nA *b*\nc\n```\n\n"),
        ("\na *b*\nc\n", "{{ highlight (trim .Inner 1) 2 3 }}", "\n\n```\na *b*\nc\n```\n\n"),
        ("<T> *b*", "<code>{{ .Inner }}</code>", "<code>&lt;T&gt; *b*</code>"),
    ],
)
def test_code_in_shortcodes_that_are_not_known_stays_code(inner: str, template: str, shown: str) -> None:
    """Hugo passes it as it is; its template tells what it shows, or else its lines do. Prose is Markdown."""
    page = readers.Page(lambda _: None, {}, {"own/x": template}.__getitem__)
    text, notes = shortcodes.expand(f"{{{{< own/x >}}}}{inner}{{{{< /own/x >}}}}", page, "a.md", 1)
    assert text == f"{{{{&lt; own/x &gt;}}}}{shown}{{{{&lt; /own/x &gt;}}}}"
    assert [note.before for note in notes] == ["a.md:1: {{< own/x >}}"]
    markdown = f"{{{{% own/x %}}}}{inner}{{{{% /own/x %}}}}"
    assert shortcodes.expand(markdown, page, "a.md", 1)[0] == markdown


def test_the_template_of_a_shortcode_is_that_of_the_site_or_its_theme() -> None:
    """That of the site goes first."""
    code = "<pre>{{ .Inner }}</pre>"
    text = "---\ntitle: A\n---\n{{< x >}}\n*a*\nb\n{{< /x >}}\n"
    theme = {POST: text, "themes/t/layouts/shortcodes/x.html": code}
    (entry,) = entries(theme)
    assert "<pre><code>*a*\nb\n</code></pre>" in entry.content
    (entry,) = entries({**theme, "layouts/shortcodes/x.html": "{{ .Inner | markdownify }}"})
    assert "<em>a</em>" in entry.content


def test_links_to_files_lead_to_their_pages() -> None:
    """By their path from the page or from the folder of texts, in any form of a link."""
    found = entries(
        {
            POST: "---\ntitle: A\n---\n[b](b.md), [b](/posts/b.md#x), [c](../c/index.md)\n\n"
            "`[b](b.md)` [n](n.md)\n",
            "content/posts/b.md": "---\ntitle: B\n---\nText.",
            "content/c/index.md": "---\ntitle: C\n---\nText.",
        }
    )
    text = next(entry.markdown for entry in found if entry.title == "A") or ""
    assert text.split("\n")[0] == "[b](/posts/b/), [b](/posts/b/#x), [c](/c/)"
    assert "[n](n.md)" in text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## A {#b .c}", '<h2 id="b" class="c">A</h2>'),
        ("A\n{.lead}", '<p class="lead">A</p>'),
        (
            "See https://a.example/x and a.example",
            '<p>See <a href="https://a.example/x">https://a.example/x</a> and a.example</p>',
        ),
        ("Prices {a} and {b}", "<p>Prices {a} and {b}</p>"),
    ],
)
def test_goldmark_is_read_as_hugo_does(text: str, html: str) -> None:
    """Attributes of headings and blocks, and bare addresses."""
    assert goldmark.render(goldmark.translate(text, lambda _: None)).strip() == html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://a.example/x. So", "See <https://a.example/x>. So"),
        ("`https://a.example/x` [a](https://a.example/x)", "`https://a.example/x` [a](https://a.example/x)"),
        (
            "<https://a.example/x> <a href='https://a.example/x'>",
            "<https://a.example/x> <a href='https://a.example/x'>",
        ),
        ("    https://a.example/x", "    https://a.example/x"),
    ],
)
def test_bare_addresses_are_links_for_myst(text: str, expected: str) -> None:
    """Those in code, links, and tags stay."""
    assert goldmark.translate(text, lambda _: None).author == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Go :rocket: and :+1:, :heart:", "Go \U0001f680 and \U0001f44d, \u2764\ufe0f"),
        (
            "`:rocket:` [a](b:rocket:c) at 10:30:45, :no_such:",
            "`:rocket:` [a](b:rocket:c) at 10:30:45, :no_such:",
        ),
        ("    :rocket:", "    :rocket:"),
    ],
)
def test_names_of_emoji_are_characters_if_hugo_makes_them(text: str, expected: str) -> None:
    """The setting `enableEmoji` says so; code, addresses, and other words between colons stay."""
    shown = post("title: A", f"a\n\n{text}", config=f"{CONFIG}enableEmoji = true\n").markdown or ""
    assert shown.strip() == f"a\n\n{expected}"
    assert (post("title: A", f"a\n\n{text}").markdown or "").strip() == f"a\n\n{text}"


@pytest.mark.parametrize("part", ["https://", "https://a ", "https://a.b."])
def test_bare_addresses_take_linear_time(part: str) -> None:
    """However long one is, and however many there are."""
    assert_linear(lambda size: goldmark.translate(part * size, lambda _: None), 10_000)


@pytest.mark.parametrize(
    "text", ["{{< a " + '"x" ' * 40, "{{< a >}}" * 300 + "{{< /b >}}" * 300, '{{< a "b >}} c']
)
def test_shortcodes_without_an_end_are_text(text: str) -> None:
    """However many there are, each is looked at once."""
    shown, notes = shortcodes.expand(text, readers.Page(lambda _: None), "a.md", 1)
    assert shown.replace("&lt;", "<").replace("&gt;", ">") == text
    assert notes


@pytest.mark.parametrize(
    "text",
    ['{{< "', '{{< a "b', "{{< `", "{{< a ", "{{< a/", "{{<   ", "{{< a >}}\n```\n```\n", "{{< a >}}\n"],
)
def test_shortcodes_take_time_in_proportion_to_the_text(text: str) -> None:
    """What never closes is read once, not once for each shortcode before it."""
    page = readers.Page(lambda _: None)
    assert_linear(lambda size: shortcodes.expand(text * size, page, "a.md", 1), 20_000)
    assert_linear(lambda size: shortcodes.expand("{{< a" + text[-1] * size, page, "a.md", 1), 100_000)


def test_shortcodes_may_be_nested_without_end() -> None:
    """Those that are too deep for any page stay visible."""
    text = "{{< note >}}" * 5000 + "x" + "{{< /note >}}" * 5000
    shown, _ = shortcodes.expand(text, readers.Page(lambda _: None), "a.md", 1)
    assert shown.count('<div class="admonition note">') == 50


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{< img src=https://a.example/b/ >}}", '<figure><img src="https://a.example/b/"></figure>'),
        ('{{< img src="a.png" />}}', '<figure><img src="a.png"></figure>'),
        ("{{< img a.png / >}}", '<figure><img src="a.png"></figure>'),
    ],
)
def test_a_slash_ends_a_shortcode_only_behind_its_arguments(source: str, shown: str) -> None:
    """The last slash of an address is a part of that."""
    assert shortcodes.expand(source, readers.Page(lambda _: None), "a.md", 1)[0] == shown


def test_links_in_code_are_text() -> None:
    """An example of a link shows the file that its author wrote, beside a link that leads to the page."""
    texts = {
        POST: "---\ntitle: Low\ndate: 2021-03-04\n---\n`[a](high.md)` [a](high.md) `\n\n[a](high.md) `\n",
        "content/posts/high.md": "---\ntitle: High\ndate: 2021-03-05\n---\nText.\n",
    }
    low = next(entry for entry in entries(texts) if entry.title == "Low")
    assert low.markdown == "`[a](high.md)` [a](/posts/high/) `\n\n[a](/posts/high/) `\n"


@pytest.mark.parametrize(
    ("config", "formula"),
    [("", r"$x_1 \\ y$"), ("[markup.goldmark.extensions.passthrough]\nenable = true\n", r"$x\_1 \\\\ y$")],
)
def test_formulas_are_what_scripts_see_of_them(config: str, formula: str) -> None:
    """Goldmark takes escapes out, unless it knows formulas."""
    text = "---\ntitle: A\ndate: 2021-03-04\n---\nText $x\\_1 \\\\\\\\ y$.\n"
    one = entries({"hugo.toml": CONFIG + config, POST: text})[0]
    assert one.markdown == f"Text {formula}.\n"


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (r"a \(x_1*y*z\) b", r"a $x_1*y*z$ b"),
        ("\\[\nE = mc^2\n\\]", "$$\nE = mc^2\n$$"),
        (r"`\(x\)` and \[y", r"`\(x\)` and \[y"),
    ],
)
def test_brackets_around_formulas_become_dollars_where_goldmark_passes_them(text: str, author: str) -> None:
    """As in the settings that Hugo's manual recommends."""
    config = CONFIG + "[markup.goldmark.extensions.passthrough]\nenable = true\n"
    assert entries({"hugo.toml": config, POST: f"---\ntitle: A\n---\n{text}\n"})[0].markdown == f"{author}\n"


def test_names_of_pages_in_folders_lead_to_them_or_nowhere() -> None:
    """Every folder has a file called `index.md`, which names none of them."""
    texts = {
        f"content/posts/{name}/index.md": f"---\ntitle: {name}\n---\nText.\n" for name in ("alpha", "beta")
    }
    text = '[a]({{< ref "beta/index.md" >}}) [b](/posts/none/index.md) [c]({{< ref "none/index.md" >}})'
    one = next(
        entry
        for entry in entries({**texts, "content/posts/gamma/index.md": f"---\ntitle: G\n---\n{text}\n"})
        if entry.title == "G"
    )
    assert one.markdown is not None
    assert one.markdown.startswith("[a](/posts/beta/) [b](/posts/none/index.md) [c]({{")
