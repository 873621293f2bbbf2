"""What the authors of each generator write that no other has: `bench/moving.py` makes posts of it.

In a piece, `@N` is a number, `@W` words, `@SLUG` the slug of another post, `@FILE` the name of its source.
"""

from __future__ import annotations

# What every site has: links that work, links that were dead on the old site already, pictures and files.
COMMON = (
    "## Results @N\n\n@W[^a] @W.\n\n[^a]: @W, see <https://docs.example.net/@N>.",
    "![@W](/images/pixel.gif)\n\nThe [same picture](/images/pixel.gif), and a [second](/images/second.gif).",
    "[@W](/files/data.csv), [@W](/files/notes.pdf), and [a demo](/demos/wave.html) of *@W*.",
    "A [page that is gone](/gone/page-@N/), [a part of it](#gone-@N), and [a file](/files/gone-@N.zip).",
    "![@W](/images/gone.gif)\n\n@W.",
    '<details><summary>@W</summary><p>@W, <a href="/demos/wave.html#part">@W</a>.</p></details>',
    '<a href="/images/large.gif"><img src="/images/pixel.gif" alt="@W" width="40"></a>',
    "| @W | @W |\n|---|---:|\n| [@W](/about/) | @N |\n| `@W` | [@W](/tags/maps/) |",
    '<video src="/files/wave.mp4" poster="/images/poster.gif" controls></video>',
    "[@W](https://tarn.example.org/files/data.csv), [@W](/feed.xml), and [home](/).",
    "The [key](/files/secret.pem) of @W, and [the letters](/demos/letters.htm).",
)

PELICAN = (
    "[@W]({filename}/@FILE) and [@W]({filename}@FILE#results-@N), see [@W]({tag}maps), [@W]({category}misc).",
    "![@W]({static}/images/pixel.gif) and [@W]({static}/files/data.csv), [@W]({attach}/files/other.csv).",
    '!!! note\n    @W, *@W*.\n\n!!! warning "@W"\n    @W.',
    "    :::python\n    def f(x):\n        return x + @N\n",
    "@W:\n:   @W.\n\n*[HTML]: Hypertext Markup Language\n\nHTML of @W.",
    "A paragraph of @W.\n{: .lead #lead-@N }\n\n## @W @N {#own-@N}\n\n@W [@W](#own-@N).",
    "[TOC]\n\n## @W\n\n@W.\n\n### @W\n\n@W.",
    "[@W]({index}), [@W]({author}Ida), @W.",
)
PELICAN_REST = """\
A post of reST, @W. See `@W <{filename}/@FILE>`_ and `gone </gone/rest-@N/>`_ [1]_.

.. note:: @W, *@W*.

.. code-block:: python

   def f(x):
       return x + @N

.. image:: {static}/images/pixel.gif
   :alt: @W

Part @N
-------

:math:`x^2 + @N` and `data <{static}/files/data.csv>`__.

.. [1] @W.
"""
NIKOLA = (
    "[@W](link://slug/@SLUG), [@W](link://filename/posts/@FILE), [@W](link://tag/maps).",
    "{{% youtube abcdefghi@N2 %}}\n\n{{% raw %}}{{ @W }}{{% /raw %}}",
    "{{% doc %}}@W <@SLUG>{{% /doc %}} and @W.",
    '{{% thumbnail "/images/second.gif" alt="@W" %}}{{% /thumbnail %}}',
    "```python\ndef f(x):\n    return x + @N\n```",
    "@W:\n:   @W.\n\nA paragraph of @W.\n{: .lead }",
    "@W.\n\n<!-- TEASER_END -->\n\n@W, ~~@W~~ and `@W`.",
)
NIKOLA_REST = """\
A post of reST, @W. See :doc:`@W <@SLUG>` and `gone </gone/rest-@N/>`_ [1]_.

.. youtube:: abcdefghi@N2

.. thumbnail:: /images/second.gif
   :alt: @W

.. code-block:: python
   :number-lines:

   def f(x):
       return x + @N

.. admonition:: @W

   @W.

Part @N
-------

:math:`x^2 + @N` and `data </files/data.csv>`__.

.. math::

   \\int_0^@N x \\, dx

.. [1] @W.
"""
MKDOCS = (
    "[@W](@FILE), [@W](@FILE#results-@N), and [@W](../../guide.md#part).",
    '!!! note "@W"\n\n    @W, *@W*.\n\n??? tip\n\n    @W.\n\n!!! warning inline end\n\n    @W.',
    '=== "@W"\n\n    @W.\n\n=== "@W @N"\n\n    ```python\n    x = @N\n    ```',
    "Press ++ctrl+c++, ==@W==, ^^@W^^, H~2~O, {++@W++}, :smile:, :material-map: @W.",
    "![@W](../../images/pixel.gif){ width=40 } and [@W](../../files/data.csv).",
    "- [x] @W\n- [ ] @W\n\n@W { .annotate }",
    '```python hl_lines="1" title="@W"\ndef f(x): # (1)!\n    return x + @N\n```\n\n1. @W.',
    "$$\n\\int_0^@N x \\, dx\n$$\n\nand $x^2 + @N$, @W.",
    "@W\n:   @W.\n\n*[HTML]: Hypertext Markup Language\n\nHTML of @W. <!-- more -->\n\n@W.",
    "```mermaid\ngraph LR\n  A --> B@N\n```",
    "[@W](../../images/pixel.gif), [gone](../../gone/x.md), [gone](gone-@N.md), @W.",
    '--8<-- "shared.md"\n',
)
ELEVENTY = (
    '[@W]({{ "/posts/@SLUG/" | url }}) and [@W](/posts/@SLUG/#gone), @W.',
    "{% raw %}{{ @W }}{% endraw %} and {{ title }}, {{ site.name }}.",
    "{% if tags %}@W{% endif %} {% for n in (1..3) %}{{ n }} {% endfor %}",
    '{% include "note.html" %}\n\n@W.',
    '{% note "@W" %}\n\n@W, *@W*.',
    "```js\nconst x = @N;\n```\n\n@W.",
    "{{ page.date | date: '%Y' }} was @W.",
    "[@W](../@SLUG/), [@W](./gone/), @W.",
)
HUGO = (
    '[@W]({{< ref "@FILE" >}}), [@W]({{< relref "@FILE#results-@N" >}}), [@W](@FILE).',
    '{{< figure src="/images/pixel.gif" alt="@W" caption="@W, *@W*" link="/images/large.gif" >}}',
    '{{< highlight python "linenos=table,hl_lines=1" >}}\ndef f(x):\n    return x + @N\n{{< /highlight >}}',
    "{{< youtube abcdefghi@N2 >}}\n\n@W.",
    "{{% notice note %}}\n@W, *@W*.\n{{% /notice %}}",
    '{{< details summary="@W" >}}\n@W.\n{{< /details >}}',
    "> [!NOTE]\n> @W, *@W*.",
    "## @W @N {#own-@N}\n\n@W [@W](#own-@N), {{< param series >}}.",
    "Term @W\n: @W.\n\n- [x] @W\n- [ ] @W",
    "```goat\n+---+\n| @N |\n+---+\n```",
)
HUGO_BUNDLE = (
    "![@W](beside.gif)\n\nThe [data beside](beside.csv), and [gone](gone.csv).",
    '{{< figure src="beside.gif" alt="@W" title="@W" >}}',
)
JEKYLL = (
    "[@W]({% post_url @NAME %}), [@W]({% link _posts/@FILE %}#results-@N), [@W]({{ site.baseurl }}/about/).",
    "{% highlight python linenos %}\ndef f(x):\n    return x + @N\n{% endhighlight %}",
    "![@W]({{ '/images/pixel.gif' | relative_url }}){: width=\"40\" .right}\n\n@W.\n{: .lead}",
    "* TOC\n{:toc}\n\n## @W @N {#own-@N}\n\n@W [@W](#own-@N).",
    "{% raw %}{{ @W }}{% endraw %} and {{ page.title }}, {{ site.title | upcase }}.",
    '{% include figure.html src="/images/second.gif" caption="@W" %}\n\n@W.',
    "> @W.\n{: .notice--info}\n\nTerm @W\n: @W.\n\n*[HTML]: Hypertext Markup Language\n\nHTML of @W.",
    "$$\n\\int_0^@N x \\, dx\n$$\n\nand $$x^2 + @N$$, @W.",
    "{% for n in (1..3) %}{{ n }} {% endfor %}{% comment %}hidden{% endcomment %}\n\n@W.",
    '[@W](#own-@N "@W"), [@W][ref]\n\n[ref]: {{ site.url }}/files/data.csv "@W"',
)
