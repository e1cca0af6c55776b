"""Checks pages with axe-core, in dark mode on a phone and in light mode on a desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
# Resolves after the page has been laid out and drawn in its new size. The timeout matters: headless Chromium does not
# always run an idle callback on a page without changes.
RENDERED: Final = (
    "new Promise(done => requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 1000 })))"
)
WCAG_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWPORTS: Final[tuple[tuple[Literal["dark", "light"], int], ...]] = (("dark", 360), ("light", 1280))


def violations_of(page: Page, *, dialog: bool = False) -> list[str]:
    """Return the violated rules with their elements, and horizontal overflow of the page.

    With an open dialog the best practices about the headings and landmarks of a page do not apply: the page is inert.
    """
    tags = WCAG_TAGS if dialog else [*WCAG_TAGS, "best-practice"]
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[str] = []
    for scheme, width in VIEWPORTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(RENDERED)
        result = page.evaluate("tags => axe.run({ runOnly: { type: 'tag', values: tags } })", tags)
        violations += [
            f"{scheme} {rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in result["violations"]
        ]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            violations.append(f"content is {overflow} px wider than the viewport of {width} px")
    return violations
