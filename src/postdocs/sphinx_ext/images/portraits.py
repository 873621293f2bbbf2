"""Images of authors: their place in the output, and how templates show them."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.builders import PermalinkBuilder
from postdocs.sphinx_ext.images.tags import LoadPriority, add_img_attributes
from postdocs.sphinx_ext.images.writing import image_on_page
from postdocs.sphinx_ext.settings.authors import Author, read_authors

PORTRAIT_WIDTHS = (96, 192, 384)  # pixels: small beside a name, and large on a page of its own
_OWNER = "/authors"  # no document is called so


def register_portraits(env: BuildEnvironment) -> list[str]:
    """Name the pictures of the settings in the output; return their paths from the source folder.

    Sphinx drops names that no document uses, so they belong to one that can't be.
    """
    env.images.purge_doc(_OWNER)
    authors = read_authors(env.config.postdocs_authors).values()
    paths = sorted({author.image for author in authors if author.image})
    for path in paths:
        env.images.add_file(_OWNER, path)
    return paths


def pictures_of_documents(env: BuildEnvironment) -> list[str]:
    """Return the pictures that documents show, without those that only authors have."""
    return sorted(path for path, (docnames, _) in env.images.items() if docnames != {_OWNER})


def portrait(
    builder: PermalinkBuilder, pathto: Callable[[str, int], str], author: Author, width: int
) -> Markup:
    """Return the picture of an author as a square, or the initials.

    pathto: gives the address of a file of the output, as seen from the page. width: in CSS pixels. The name
    stands beside it, so that screen readers pass it over.
    """
    if not author.image:
        initials = Markup('<span class="author-picture" aria-hidden="true">{}</span>')
        return initials.format(author.initials)
    tag = f'<img class="author-picture u-photo" alt="" width="{width}" height="{width}">'
    name = builder.env.images[author.image][1]
    folder = pathto(f"{builder.imagedir}/{name}", 1).rpartition("/")[0]
    image = image_on_page(builder.portraits[author.image], name, folder, LoadPriority.LATER)
    return Markup(add_img_attributes(tag, image))  # noqa: S704 - of escaped attributes
