"""Small images of posts, in lists and beside links to them."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from postdocs.sphinx_ext.builders import PermalinkBuilder
from postdocs.sphinx_ext.images.cache import Picture
from postdocs.sphinx_ext.images.tags import ImageOnPage, LoadPriority, add_img_attributes
from postdocs.sphinx_ext.images.writing import image_on_page
from postdocs.sphinx_ext.reading.records import PostRecord

_RATIO = 16 / 9  # of width and height; the style sheet cuts off the rest


def thumbnail(
    builder: PermalinkBuilder,
    pathto: Callable[[str, int], str],
    record: PostRecord,
    width: int,
    is_lead: bool = False,
) -> Markup:
    """Return the picture that stands for a post, or "" for one without a picture on the site.

    pathto: gives the address of a file of the output, as seen from the page. width: in CSS pixels. is_lead:
    whether it is in sight when the page opens. The title stands beside it, so screen readers pass it over.
    """
    picture = thumbnail_picture(builder, record)
    if record.picture is None or picture is None:
        return Markup("")
    name = record.picture.name
    folder = pathto(f"{builder.imagedir}/{name}", 1).rpartition("/")[0]
    tag = f'<img class="post-thumbnail" alt="" width="{width}" height="{round(width / _RATIO)}">'
    where = LoadPriority.FIRST if is_lead else LoadPriority.LATER
    image: ImageOnPage = image_on_page(picture, name, folder, where)
    return Markup(add_img_attributes(tag, image))  # noqa: S704 - of escaped attributes


def thumbnail_picture(builder: PermalinkBuilder, record: PostRecord) -> Picture | None:
    """Return what is known of the picture that stands for a post; None for one elsewhere, or a broken one."""
    picture = builder.pictures.get(record.picture.source) if record.picture else None
    return None if picture is None or picture.info.problem else picture
