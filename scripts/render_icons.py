"""`python -m scripts.render_icons`: draw the icons of the installed dashboard from its favicon, with Chromium.

A system cuts its own shape out of a maskable icon and of that of iOS, so these have no rounded corners. The drawing is
within the central circle of 80 % of the width, which every shape keeps (W3C Web Application Manifest, section 1.9.4).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.browser import chromium

PUBLIC: Final = Path(__file__).resolve().parents[1] / "web" / "dashboard" / "public"
SQUARE: Final = {"maskable-512": 512, "apple-touch-icon": 180}
ROUNDED: Final = {"icon-192": 192, "icon-512": 512}


def render(page: Page, *, size: int, rounded: bool) -> bytes:
    """Return the favicon as PNG.

    Args:
        page: A page of Chromium; its content is replaced.
        size: Width and height, pixels.
        rounded: Whether the corners are round and transparent; else the background fills the square.
    """
    svg = (PUBLIC / "favicon.svg").read_text(encoding="utf-8")
    if not rounded:
        svg, changed = re.subn(r' rx="[\d.]+"', "", svg)
        if changed != 1:
            raise ValueError("favicon.svg has no single background with rounded corners (rx)")
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block; width: 100vw }}</style>{svg}")
    return page.screenshot(omit_background=True)


def main() -> None:
    """Write all icons."""
    folder = PUBLIC / "icons"
    folder.mkdir(exist_ok=True)
    with chromium() as browser:
        page = browser.new_page()
        for names, rounded in ((ROUNDED, True), (SQUARE, False)):
            for name, size in names.items():
                (folder / f"{name}.png").write_bytes(render(page, size=size, rounded=rounded))


if __name__ == "__main__":
    main()
