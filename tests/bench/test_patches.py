"""The benchmark of patches: that it leaves out what it says."""

from __future__ import annotations

import pkgutil
import subprocess
from pathlib import Path

import patches
import pytest
from blogs.sphinxes import write_sphinx


@pytest.mark.parametrize("patch", patches.PATCHES)
def test_each_patch_is_there(patch: str) -> None:
    """What is left out is a function of the module that the manual names."""
    place, name, _ = patches.PATCHES[patch]
    assert callable(getattr(pkgutil.resolve_name(place), name))


@pytest.mark.parametrize("patch", patches.PATCHES)
def test_a_site_builds_without_each_patch(tmp_path: Path, patch: str) -> None:
    """They change how long a build takes, and nothing that it makes."""
    write_sphinx(tmp_path, 6, "ours")
    subprocess.run(patches.command(patch, "2"), cwd=tmp_path, check=True)  # noqa: S603 - our own
    assert len([*tmp_path.glob("_build/html/posts/*/*/index.html")]) == 6


def test_without_a_patch_is_not_with_it(tmp_path: Path) -> None:
    """The function in its place is what a build then asks for."""
    program = patches.command("document_settings", "1")[2].replace("sys.exit(main(sys.argv[1:]))", "")
    check = (
        "from postdocs.sphinx_ext.compat import document_settings; print(document_settings.cached_settings)"
    )
    command = [patches.command("document_settings", "1")[0], "-c", program + check]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    assert "nullcontext" in done.stdout
