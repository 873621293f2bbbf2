"""Pictures of the built site for the README: `nox -s screenshots` makes them anew."""

from __future__ import annotations

import io
import shutil
import sys

from helpers import REPOSITORY
from PIL import Image
from playwright.sync_api import sync_playwright

from browser.built import HTML, kinds
from browser.serve import served

_SHOTS = (  # file, kind of page, width and height in CSS pixels, colour mode
    ("home", "home", 1100, 620, "light"),
    ("post", "post", 1100, 620, "dark"),
    ("phone", "post", 375, 620, "light"),
)
_COLOURS = 128  # of a picture; text needs no more


def main() -> None:
    """Write the pictures to docs/screenshots."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or not (HTML / "index.html").is_file():
        sys.exit("There has to be Chromium, and the site: run `nox -s build` first.")
    folder = REPOSITORY / "docs" / "screenshots"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright, served(HTML) as address:
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        for name, kind, width, height, mode in _SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
            page.goto(address + kinds()[kind], wait_until="networkidle")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
