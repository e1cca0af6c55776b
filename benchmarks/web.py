"""What a browser downloads before the first page can be used, and how soon it can be used."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.row import Row, at_most, missing

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "web" / "dashboard" / "dist"
FIRST_LOAD_KB = 170
INTERACTIVE_S = 1.0
RUNS = 5


def first_load_kb() -> float:
    """Gzipped kilobytes of JavaScript that the heaviest page loads first, its lazy route included."""
    said = subprocess.run(
        ["npm", "run", "--silent", "first-load"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return float(json.loads(said.stdout)["largest"]) / 1000


def interactive_s() -> float:
    """Median seconds from the navigation until the sign-in form takes input, in a browser with an empty cache."""
    from playwright.sync_api import sync_playwright

    from benchmarks.pages import chromium_path, served

    seconds: list[float] = []
    with served(DIST) as url, sync_playwright() as playwright:
        flags = ["--disable-background-networking", "--disable-component-update", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        for _ in range(RUNS):
            page = browser.new_page(bypass_csp=True)  # the policy forbids what looks in every frame, below
            page.goto(url, wait_until="commit")
            # A locator alone looks again only after 20, 50, 100, 100 and then every 500 ms.
            page.wait_for_function("document.querySelector('[data-testid=sign-in-email]')?.checkVisibility()")
            page.get_by_test_id("sign-in-email").fill("owner@example.org")
            seconds.append(float(page.evaluate("performance.now()")) / 1000)
            page.context.close()
        browser.close()
    return statistics.median(seconds)


def rows() -> list[Row]:
    """The dashboard's rows of the design's budgets."""
    if not (DIST / "index.html").is_file():
        why = "web/dashboard is not built: run `make setup`"
        return [missing("web.first_load", "kB", why), missing("web.interactive", "s", why)]
    return [
        at_most("web.first_load", first_load_kb(), FIRST_LOAD_KB, "kB", "JavaScript, gzipped, heaviest page"),
        at_most("web.interactive", interactive_s(), INTERACTIVE_S, "s", f"sign-in takes input; median of {RUNS}"),
    ]


if __name__ == "__main__":
    sys.exit(print("\n".join(f"{row.name} {row.value} {row.unit}" for row in rows())))
