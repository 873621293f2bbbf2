"""A small site with what the built one may lack: a page of each kind."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from helpers import REPOSITORY
from photos import photo

KINDS = {kind: f"posts/{kind}/" for kind in ("comments", "embed", "formulas", "table", "figures", "letters")}
_SIZE = (1200, 600)  # pixels of a picture


def build(folder: Path) -> Path:
    """Build the site in a folder; return where its pages are."""
    source, out = folder / "source", folder / "html"
    shutil.copytree(REPOSITORY / "tests/roots/test-kinds", source)
    photo(_SIZE).save(source / "posts/photo.png")
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-d", str(folder / "doctrees"), "-q", "-W"]
    subprocess.run([*command, str(source), str(out)], check=True)  # noqa: S603 - our own
    return out
