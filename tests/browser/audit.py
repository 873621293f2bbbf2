"""The Nu HTML checker on every page, and Lighthouse on a page of each kind; it says what it skips.

Both come from npm, into the folder that is given as the first argument. The pages are those of the built
site, and of a small one with what that may lack. Lighthouse takes HTML only, so `nox -s browser` looks at an
opened feed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from browser import made
from browser.built import HTML, kinds
from browser.serve import served

_PACKAGES = ("vnu-jar@26.9.27", "lighthouse@12.8.2")
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_FIGURES = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight")


def main(folder: Path) -> int:
    """Run what can be run; return 1 if it finds a mistake, or a score below 100."""
    if not (HTML / "index.html").is_file():
        print(f"{HTML} has no site; run `nox -s build` first.")
        return 1
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    npm, java = shutil.which("npm"), shutil.which("java")
    if npm is None:
        print("Skipped both: there is no npm, which fetches them. On Debian: apt-get install nodejs npm")
        return 0
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, *_PACKAGES], check=True)  # noqa: S603 - found above
    with tempfile.TemporaryDirectory() as scratch:
        built = made.build(Path(scratch))
        indexed = {kind: path for kind, path in kinds().items() if kind != "missing"}
        sites = {HTML: indexed, built: {f"{kind}, made": path for kind, path in made.KINDS.items()}}
        return min(_run(folder / "node_modules", java, chromium, sites), 1)


def _run(modules: Path, java: str | None, chromium: str | None, sites: Mapping[Path, dict[str, str]]) -> int:
    """Run what can be run on pages of each kind of sites; return how much is wrong."""
    failures = 0
    if java is None:
        print(
            "Skipped the Nu HTML checker: there is no Java. On Debian: apt-get install default-jre-headless"
        )
    else:
        failures += _check_html(java, modules / "vnu-jar/build/dist/vnu.jar", sites)
    if chromium is None:
        print("Skipped Lighthouse: there is no Chromium. On Debian: apt-get install chromium")
    else:
        for html, pages in sites.items():
            failures += _run_lighthouse(modules / ".bin/lighthouse", chromium, html, pages)
    return failures


def _check_html(java: str, jar: Path, folders: Iterable[Path]) -> int:
    """Print what is wrong with pages; return how much."""
    pages = [str(page) for folder in folders for page in sorted(folder.rglob("*.html"))]
    command = [java, "-jar", str(jar), "--format", "json", *pages]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - found above
    messages = json.loads(result.stderr)["messages"]
    found = [item for item in messages if item["type"] == "error" or item.get("subType") == "warning"]
    # The checker knows MathML 3; in MathML Core (§2.1.6), any element may have it.
    found = [item for item in found if not item["message"].startswith("Attribute “scriptlevel” not allowed")]
    for item in found:
        print(f"{item['url']}:{item['lastLine']}: {item['message']}")
    print(f"Nu HTML checker: {len(pages)} pages, {len(found)} errors and warnings")
    return len(found)


def _run_lighthouse(lighthouse: Path, chromium: str, html: Path, pages: Mapping[str, str]) -> int:
    """Print a line for each kind of page; return how many scores are below 100."""
    low = 0
    with served(html) as address:
        for kind, path in pages.items():
            audit = _audited(lighthouse, chromium, address + path)
            scores = [round(100 * audit["categories"][name]["score"]) for name in _CATEGORIES]
            figures = [audit["audits"][name]["displayValue"] for name in _FIGURES]
            print(f"{kind:14} {' '.join(f'{score:3}' for score in scores)}  {', '.join(figures)}")
            missed = [*_missed(audit)] if min(scores) < 100 else []
            print(*(f"               {text}" for text in missed), sep="\n", end="\n" if missed else "")
            low += sum(score < 100 for score in scores)
    return low


def _audited(lighthouse: Path, chromium: str, address: str) -> dict[str, Any]:
    flags = "--chrome-flags=--no-sandbox --headless --disable-gpu"
    command = [str(lighthouse), address, "--quiet", "--output=json", flags]
    environment = os.environ | {"CHROME_PATH": chromium}
    result = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 - ours
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def _missed(audit: dict[str, Any]) -> Iterator[str]:
    """Yield the titles of what costs a score."""
    weighed = {
        reference["id"]
        for category in audit["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    }
    for name, item in audit["audits"].items():
        if name in weighed and item["score"] is not None and item["score"] < 1:
            yield f"{name}: {item['title']}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
