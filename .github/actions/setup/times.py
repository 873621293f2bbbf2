"""Give files that have not changed since the cached build a time in the past.

A checkout makes every file new, and Sphinx reads again what is newer than its last build. A file whose
content the cached build has seen gets a time that depends on that content only; a changed file stays new.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

LISTING = Path("_build", "sources")  # the files that the cached build was made from, as Git lists them
_START = 1_000_000_000  # in 2001; a hash adds at most eight and a half years, so no time is in the future


def main() -> None:
    """Set the times of the files in the index, below the current folder, and note the files for the next run.

    Raises subprocess.CalledProcessError where there is no repository, OSError for a file that is not there.
    """
    command = ["git", "ls-files", "--stage", "-z"]
    output = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - the command is fixed
    entries = [os.fsdecode(entry) for entry in output.split(b"\0") if entry]
    is_first = not LISTING.is_file()
    built = set() if is_first else {*os.fsdecode(LISTING.read_bytes()).split("\0")}
    for entry in entries:
        if is_first or entry in built:
            metadata, path = entry.split("\t", 1)
            _, blob, _ = metadata.split(" ")
            time = _START + int(blob[:7], 16)
            os.utime(path, (time, time), follow_symlinks=os.utime not in os.supports_follow_symlinks)
    LISTING.parent.mkdir(exist_ok=True)
    LISTING.write_bytes(os.fsencode("\0".join(entries)))


if __name__ == "__main__":
    main()
