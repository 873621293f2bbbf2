"""The commit of the sources that a site is built from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_LENGTH = 10  # digits that are shown, which no two commits of a blog share
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
# A repository may name programs that git runs; none is needed here.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


def commit_of(folder: Path) -> str:
    """Return the first digits of the commit that a folder of sources is at; "" if there is none.

    There is none without git, where the settings are in no repository, and where a tracked file of the folder
    differs from the commit: the site is then not made from it.
    """
    if not _git(folder, "ls-files", "conf.py"):
        return ""
    head = _git(folder, "rev-parse", "--verify", "HEAD").strip()
    changes = _git(folder, "status", "--porcelain", "--untracked-files=no", "--", ".")
    return head[:_LENGTH] if _COMMIT.fullmatch(head) and not changes else ""


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints, or "" if it fails."""
    command = [*_GIT, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed arguments
    except OSError:
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""
