"""The image of a post above its text, where the author wants to show it."""

from __future__ import annotations

from docutils import nodes

from postdocs.sphinx_ext.build import Build


def show_image(build: Build, doctree: nodes.document) -> None:
    """Put the image of a post below its title, with its caption."""
    post = build.domain.posts.get(build.env.docname)
    title = next(iter(doctree.findall(nodes.title)), None)
    if post and post.show_image and isinstance(post.image, str) and title is not None:
        image = nodes.image(uri=post.image, alt=post.image_alt or "")
        figure = nodes.figure("", image, align="default", classes=["post-image"])
        if post.image_caption:
            # A caption would be numbered with those of the text.
            figure += nodes.legend("", nodes.paragraph("", post.image_caption))
        title.parent.insert(title.parent.index(title) + 1, figure)
