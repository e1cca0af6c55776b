"""Benchmarks of the pages: the JavaScript of the first load, and the time until the dashboard is interactive."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.row import Row, at_most, missing

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIST = WEB / "dashboard" / "dist"
FIRST_LOAD_KB = 195
SIGN_IN_KB = 150
OVERVIEW_KB = 170
INTERACTIVE_S = 1.0
RUNS = 5


def first_loads_kb(app: str) -> dict[str, float]:
    """Return the JavaScript of the first load of each page in gzipped kilobytes, its lazy route included.

    Args:
        app: The folder of the app in `web`.
    """
    command = ["npm", "run", "--silent", "first-load", "--workspace", f"web/{app}"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    return {page: size / 1000 for page, size in json.loads(result.stdout)["pages"].items()}


def interactive_s() -> float:
    """Return the median seconds from the navigation until the sign-in form accepts input, with an empty cache."""
    from benchmarks.pages import serve_page
    from screenshots.browser import chromium

    seconds: list[float] = []
    with serve_page(DIST) as url, chromium() as browser:
        for _ in range(RUNS):
            page = browser.new_page(bypass_csp=True)  # the policy forbids the script of wait_for_function
            page.goto(url, wait_until="commit")
            # A locator polls after 20, 50, 100, 100 and then every 500 ms. This is too coarse here.
            page.wait_for_function("document.querySelector('[data-testid=sign-in-email]')?.checkVisibility()")
            page.get_by_test_id("sign-in-email").fill("owner@example.org")
            seconds.append(float(page.evaluate("performance.now()")) / 1000)
            page.context.close()
    return statistics.median(seconds)


def rows() -> list[Row]:
    """Return the rows of both apps."""
    return [*_dashboard_rows(), *_admin_rows()]


def _dashboard_rows() -> list[Row]:
    if not (DIST / "index.html").is_file():
        reason = "web/dashboard is not built: run `make setup`"
        units = {"web.first_load": "kB", "web.first_load_sign_in": "kB", "web.interactive": "s"}
        return [missing(name, unit, reason) for name, unit in units.items()]
    loads = first_loads_kb("dashboard")
    return [
        at_most("web.first_load", max(loads.values()), FIRST_LOAD_KB, "kB", "JavaScript, gzipped, heaviest page"),
        at_most("web.first_load_sign_in", loads["sign-in"], SIGN_IN_KB, "kB", "JavaScript, gzipped, the sign-in page"),
        at_most(
            "web.interactive", interactive_s(), INTERACTIVE_S, "s", f"sign-in form accepts input; median of {RUNS}"
        ),
    ]


def _admin_rows() -> list[Row]:
    budgets = {
        "web.admin_first_load": ("", FIRST_LOAD_KB, "heaviest admin page"),
        "web.admin_first_load_sign_in": ("sign-in", SIGN_IN_KB, "the sign-in page of the admin app"),
        "web.admin_first_load_overview": ("overview", OVERVIEW_KB, "the admin page of all stores"),
    }
    if not (WEB / "admin" / "dist" / "index.html").is_file():
        return [missing(name, "kB", "web/admin is not built: run `make setup`") for name in budgets]
    loads = first_loads_kb("admin")
    return [
        at_most(name, loads[page] if page else max(loads.values()), bound, "kB", f"JavaScript, gzipped, {what}")
        for name, (page, bound, what) in budgets.items()
    ]


if __name__ == "__main__":
    sys.exit(print("\n".join(f"{row.name} {row.value} {row.unit}" for row in rows())))
