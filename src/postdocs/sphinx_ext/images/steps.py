"""Steps that inspect, copy, and publish images."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.images.cache import ImageCache, Picture
from postdocs.sphinx_ext.images.linked_files import file_beside, note_files
from postdocs.sphinx_ext.images.paths import IN_HTML, file_named, html_pieces, of_html, path_of, sources_of
from postdocs.sphinx_ext.images.portraits import PORTRAIT_WIDTHS, pictures_of_documents, register_portraits
from postdocs.sphinx_ext.images.writing import copy_name

logger = logging.getLogger(__name__)


def name_files(build: Build, doctree: nodes.document) -> None:
    """Name images and files that a document links to by their names in its folder.

    Sphinx takes an address for the name of a file, and Markdown has percent-encoded it.
    """
    for image in [*doctree.findall(nodes.image)]:
        if image["uri"].strip():
            image["uri"] = _local(build.env, image["uri"])
        else:
            message = "an image has no address; write the path of its file, or remove it"
            logger.warning(message, location=image.parent, type="postdocs", subtype="markup")
            image.parent.remove(image)
    for download in doctree.findall(addnodes.download_reference):
        download["reftarget"] = _local(build.env, download["reftarget"])
    for reference in [*doctree.findall(addnodes.pending_xref)]:
        # what MyST has found neither as a document nor as a file, by the name that it was given
        if reference.get("reftype") == "myst" and reference.get("refdomain") is None:
            _make_download(build.env, reference, file_named(build.env, reference["reftarget"]))
    for link in [*doctree.findall(nodes.reference)]:
        if _leads_from_image(link):
            _make_download(build.env, link, file_beside(build.env, link["refuri"]))


def _leads_from_image(link: nodes.reference) -> bool:
    """Tell whether a link is that of a picture to something of the site, as the option `target` makes one."""
    is_of_image = isinstance(next(iter(link.children), None), nodes.image)
    return is_of_image and "refuri" in link and not scheme_of(link["refuri"])


def _make_download(env: BuildEnvironment, reference: nodes.Element, path: str) -> None:
    """Let a link lead to the published copy of a file. path: of the file, or "" to leave the link."""
    if path and env.path2doc(path) is None:
        attributes = {key: value for key, value in reference.attributes.items() if key != "refuri"}
        download = addnodes.download_reference("", **{**attributes, "reftarget": f"/{path}"})
        download += reference.children
        reference.replace_self(download)


def _local(env: BuildEnvironment, address: str) -> str:
    """Return how a document names a file by its path from the source folder; other addresses as they are."""
    if not address or address.startswith("data:") or "://" in address:
        return address
    path = file_named(env, address)
    decoded = unquote(address)
    return f"/{path}" if path else address if "\0" in decoded else decoded


def collect_html_images(build: Build, doctree: nodes.document) -> None:
    """Register images that HTML names by their path from the document."""
    env = build.env
    for node in html_pieces(doctree):
        note_files(env, node)
        paths = {source: path_of(env, source) for source in sources_of(node.astext())}
        if local := {source: path for source, path in paths.items() if path}:
            node[IN_HTML] = local
        for path in local.values():
            env.note_dependency(path)
            env.images.add_file(env.docname, path)


def collect_images(build: Build, env: BuildEnvironment) -> None:
    """Inspect the images of all documents, and copy new ones in smaller sizes."""
    portraits = {path: Path(env.srcdir, path) for path in register_portraits(env)}
    # What Sphinx makes itself comes later, and only where a page is written.
    names = (path for path in pictures_of_documents(env) if not Path(path).is_absolute())
    files = {path: Path(env.srcdir, path) for path in names}
    workers = build.app.parallel
    build.builder.pictures = _cache(build).pictures(files, workers)
    build.builder.portraits = _portrait_cache(build).pictures(portraits, workers) if portraits else {}


def _cache(build: Build) -> ImageCache:
    return ImageCache(Path(build.app.doctreedir, "postdocs-pictures"))


def _portrait_cache(build: Build) -> ImageCache:
    return ImageCache(Path(build.app.doctreedir, "postdocs-portraits"), PORTRAIT_WIDTHS)


def copy_from_html(build: Build, doctree: nodes.document, docname: str) -> None:
    """Let Sphinx copy the images in raw HTML to the output, as it does those of documents."""
    paths = {path for node in html_pieces(doctree) for path in of_html(node).values()}
    build.builder.images |= {path: build.env.images[path][1] for path in sorted(paths)}


def publish_portraits_and_covers(build: Build) -> None:
    """Let Sphinx copy the images of authors, and those that stand for posts, as it does all others."""
    builder = build.builder
    builder.images |= {path: build.env.images[path][1] for path in builder.portraits}
    records = (record for docname in builder.written for record in build.domain.records.get(docname, ()))
    covers = [record.picture for record in records if record.picture and record.picture.name]
    builder.images |= {cover.source: cover.name for cover in covers}


def publish_copies(build: Build, exception: Exception | None) -> None:
    """Put the copies that are new into the output."""
    if exception is not None:
        return
    builder = build.builder
    _publish(build, builder.pictures, _cache(build))
    if builder.portraits:
        _publish(build, builder.portraits, _portrait_cache(build))


def _publish(build: Build, pictures: Mapping[str, Picture], cache: ImageCache) -> None:
    builder, state = build.builder, build.state
    for path, picture in pictures.items():
        name = build.env.images[path][1]
        for width, copy in picture.copies:
            file = f"{builder.imagedir}/{copy_name(name, width, copy)}"
            if copy and state.is_stale(file, copy):
                Path(builder.outdir, file).parent.mkdir(exist_ok=True)
                shutil.copyfile(cache.folder / copy, Path(builder.outdir, file))
