"""LCP, CLS and INP of the dashboard's pages, measured by Google's web-vitals in Chromium.

The first load has an empty cache. INP is the longest of the clicks that owners make most. The network and the CPU are
those of Lighthouse's presets, applied in the browser.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, StorageState, expect

from benchmarks.row import Row, at_most, missing
from benchmarks.signed_in import SignedInDashboard, sign_in, signed_in_dashboard
from local.errors import LocalError
from screenshots.browser import chromium

LIBRARY: Final = Path(__file__).resolve().parent.parent / "node_modules" / "web-vitals" / "dist" / "web-vitals.iife.js"
RUNS: Final = 3
# https://web.dev/articles/vitals: the bounds of "good".
BOUNDS: Final = {"LCP": (2500, "ms"), "CLS": (0.1, ""), "INP": (200, "ms")}
_COLLECT: Final = """
window.vitals = {};
const note = metric => { window.vitals[metric.name] = metric.value; };
webVitals.onLCP(note, { reportAllChanges: true });
webVitals.onCLS(note, { reportAllChanges: true });
webVitals.onINP(note, { reportAllChanges: true, durationThreshold: 16 });
"""
_TIMEOUT_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Preset:
    """A device and its network.

    Attributes:
        name: As in the rows.
        width: Of the window, in CSS pixels.
        height: Of the window.
        round_trip_ms: Added to each request.
        bits_per_s: In both directions.
        slowdown: How many times slower the CPU is than this one.
    """

    name: str
    width: int
    height: int
    round_trip_ms: float
    bits_per_s: float
    slowdown: float


# As in lighthouse/core/config/constants.js, with the round trip of the network and not its factor for DevTools.
PRESETS: Final = (
    Preset("desktop", 1350, 940, 40, 10_240_000, 1),
    Preset("mobile", 412, 823, 150, 1_638_400, 4),
)


def rows() -> list[Row]:
    """Return the rows of all pages and presets; takes about three minutes."""
    try:
        with chromium() as browser, signed_in_dashboard() as dashboard:
            return list(measure(browser, dashboard))
    except LocalError as error:
        return [missing("web.vitals", "", str(error))]


def measure(
    browser: Browser, dashboard: SignedInDashboard, presets: Sequence[Preset] = PRESETS, count: int = RUNS
) -> Iterator[Row]:
    """Yield the rows of each page in each preset: the median of `count` runs."""
    session = _session(browser, dashboard)
    for preset in presets:
        for name, address in dashboard.pages.items():
            runs = []
            for _ in range(count):
                dashboard.showcase.advance()
                runs.append(_measure_once(browser, session, preset, address, _CLICKS[name]))
            for metric, (bound, unit) in BOUNDS.items():
                value = statistics.median(run[metric] for run in runs)
                note = f"{preset.name}, empty cache; median of {count}"
                yield at_most(f"web.{name}_{preset.name}_{metric.lower()}", value, bound, unit, note)


def _session(browser: Browser, dashboard: SignedInDashboard) -> StorageState:
    page = browser.new_page()
    page.goto(dashboard.address)
    sign_in(page, dashboard.email)
    session = page.context.storage_state()
    page.context.close()
    return session


def _measure_once(
    browser: Browser, session: StorageState, preset: Preset, address: str, click: Callable[[Page], None]
) -> dict[str, float]:
    context = browser.new_context(
        storage_state=session, viewport={"width": preset.width, "height": preset.height}, locale="en"
    )
    try:
        page = context.new_page()
        page.add_init_script(LIBRARY.read_text(encoding="utf-8") + _COLLECT)
        with _throttled(page, preset):
            page.goto(address, wait_until="commit", timeout=_TIMEOUT_MS)
            expect(page.get_by_test_id("sign-out")).to_be_visible(timeout=_TIMEOUT_MS)
            expect(page.locator("[data-slot=skeleton]")).to_have_count(0, timeout=_TIMEOUT_MS)
            page.wait_for_load_state("networkidle", timeout=_TIMEOUT_MS)
            click(page)
            page.wait_for_timeout(500)  # the last click is reported once its frame is on the screen
            vitals: dict[str, float] = page.evaluate("window.vitals")
    finally:
        context.close()
    lost = BOUNDS.keys() - vitals.keys()
    if lost:
        raise RuntimeError(f"{address}: Chromium reported no {', '.join(sorted(lost))}")
    return vitals


@contextmanager
def _throttled(page: Page, preset: Preset) -> Iterator[None]:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    network = {
        "offline": False,
        "latency": preset.round_trip_ms,
        "downloadThroughput": preset.bits_per_s / 8,
        "uploadThroughput": preset.bits_per_s / 8,
    }
    devtools.send("Network.emulateNetworkConditions", network)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": preset.slowdown})
    yield
    devtools.detach()


def _click_stores(page: Page) -> None:
    """Sort the table of stores by two columns, and search a store."""
    for column in (0, 1):
        page.get_by_test_id("league").locator("thead button").nth(column).click()
        page.wait_for_timeout(300)
    page.get_by_test_id("league-search").press_sequentially("book", delay=80)


def _click_store(page: Page) -> None:
    """Change the period, open the date picker, and choose another comparison."""
    for period in ("week", "month", "day"):
        page.get_by_test_id(f"period-{period}").click()
        expect(page.get_by_test_id(f"period-{period}")).to_have_attribute("aria-current", "page", timeout=_TIMEOUT_MS)
        page.wait_for_timeout(500)
    page.get_by_test_id("date-picker").click()
    page.get_by_test_id("calendar").wait_for(timeout=_TIMEOUT_MS)
    page.keyboard.press("Escape")
    page.get_by_test_id("compare").click()
    page.get_by_test_id("compare-none").click(timeout=_TIMEOUT_MS)


_CLICKS: Final[dict[str, Callable[[Page], None]]] = {"stores": _click_stores, "store": _click_store}


if __name__ == "__main__":
    sys.exit(print("\n".join(f"{row.name} {row.value} {row.unit} {row.budget}" for row in rows())))
