"""Names of images in the output, independent of the reading order.

Private: `sphinx.util._files.FilenameUniqDict` and its `_existing`, and the type of `BuildEnvironment.images`.
Why: Sphinx counts up the names of pictures that are called the same, in the order in which it reads
documents; a build after an edit names them otherwise than one from nothing. No public way names a picture.
Sphinx also keeps what other systems can't store or web servers read otherwise: spaces, `#`, `%`, `?`, `:`.
Seen with Sphinx 9.0. `tests/sphinx_ext/compat/test_image_names.py` fails when Sphinx no longer counts.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import unicodedata
from pathlib import Path, PurePosixPath

from sphinx.application import Sphinx
from sphinx.util._files import FilenameUniqDict

# What a URL has to encode, or Windows and the stores of build services refuse in a file's name.
_UNSAFE = re.compile(r'[\s"#%&\'*/:;<>?@\[\\\]^`{|}\x00-\x1f\x7f]+')


class PathNames(FilenameUniqDict):
    """Names of pictures that are made of their paths; Sphinx counts up those that are called the same.

    source: the folder of the sources. work: that in which the output is, where extensions keep what they
    draw. Both are absolute, and known when a build begins.
    """

    source = work = ""

    def add_file(self, docname: str, newfile: str | os.PathLike[str]) -> str:
        """Return the name of a picture in the output. newfile: its path from the source folder."""
        path = Path(newfile)
        if (
            str(newfile) not in self and not path.is_absolute()
        ):  # what Sphinx makes itself has a name of its own
            place = self._place(path.as_posix())
            digest = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            name = PurePosixPath(path.as_posix())
            stem = _UNSAFE.sub("-", unicodedata.normalize("NFC", name.stem)).strip("-")
            unique = f"{stem}-{digest}{_UNSAFE.sub('', name.suffix)}"
            if unique not in self._existing:
                self[str(newfile)] = ({docname}, unique)
                self._existing.add(unique)
                return unique
        return super().add_file(docname, newfile)

    def _place(self, path: str) -> str:
        """Return the path of a picture, the same wherever the output is: MyST-NB draws beside that."""
        if f"{self.source}/".startswith(f"{self.work}/"):  # the author may have pictures there too
            return path
        file = posixpath.normpath(posixpath.join(self.source, path))
        return posixpath.relpath(file, self.work) if file.startswith(f"{self.work}/") else path


def use_path_names(app: Sphinx) -> None:
    """Let the environment name images by their paths."""
    if not isinstance(app.env.images, PathNames):
        names = PathNames()
        for path, (docnames, _) in app.env.images.items():
            for docname in docnames:
                names.add_file(docname, path)
        app.env.images = names
    app.env.images.source = Path(app.srcdir).as_posix()
    app.env.images.work = Path(app.outdir).parent.as_posix()
