"""The store page and the stores page do not move while slow answers arrive: cumulative layout shift of 0.02 at most."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from benchmarks.signed_in import SignedInDashboard, sign_in

MAX_SHIFT: Final = 0.02
# Later than 500 ms after a click, a shift counts.
SLOW_ANSWER_MS: Final = 900
SIZES: Final = ((1440, 900), (1024, 768), (412, 823))
# The sum of all shifts that no click explains, so never less than the CLS, which has windows of five seconds.
_COLLECT: Final = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const sources = entry.sources.map(({ node, previousRect, currentRect }) => {
      const element = node instanceof Element ? node : node?.parentElement;
      const name = `${element?.tagName} ${element?.dataset?.testid ?? element?.className}`;
      const text = element?.textContent.slice(0, 40);
      const [before, after] = [previousRect, currentRect].map(({ y, height }) => `y ${y}, height ${height}`);
      return `${name} "${text}": ${before} -> ${after}`;
    });
    window.shifts.push({ value: entry.value, sources });
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def session(browser: Browser, dashboard: SignedInDashboard) -> StorageState:
    """The session of the owner."""
    page = browser.new_page()
    page.goto(dashboard.address)
    sign_in(page, dashboard.email)
    state = page.context.storage_state()
    page.context.close()
    return state


def open_slowly(context: BrowserContext, address: str, ready: str) -> Page:
    """Open a page on a slow network, and wait until all of it is there."""
    page = context.new_page()
    page.add_init_script(_COLLECT)
    slow_down(page, 300)
    page.goto(address)
    page.get_by_test_id(ready).first.wait_for()
    settle(page)
    return page


def new_context(browser: Browser, session: StorageState, size: tuple[int, int], language: str) -> BrowserContext:
    """Return a window of the owner."""
    width, height = size
    return browser.new_context(
        storage_state=session, viewport={"width": width, "height": height}, locale=language, bypass_csp=True
    )


def slow_down(page: Page, latency_ms: float) -> None:
    """Delay every answer."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def settle(page: Page) -> None:
    """Wait until nothing loads and what arrived last is drawn."""
    expect(page.locator("[data-slot=skeleton]")).to_have_count(0)
    expect(page.locator("[class*=opacity-55]")).to_have_count(0)
    page.wait_for_timeout(700)


def assert_still(page: Page) -> None:
    """Fail with what moved when it moved too far."""
    shifts = page.evaluate("window.shifts")
    assert sum(shift["value"] for shift in shifts) <= MAX_SHIFT, shifts


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_store_page_does_not_move_while_it_loads_and_after_a_click(
    browser: Browser, dashboard: SignedInDashboard, session: StorageState, size: tuple[int, int], language: str
) -> None:
    dashboard.showcase.advance()
    page = open_slowly(new_context(browser, session, size, language), dashboard.pages["store"], "tiles")
    assert_still(page)
    slow_down(page, SLOW_ANSWER_MS)
    for period in ("week", "month", "quarter", "year", "day"):
        page.evaluate("window.shifts.length = 0")
        page.get_by_test_id(f"period-{period}").click()
        expect(page.get_by_test_id(f"period-{period}")).to_have_attribute("aria-current", "page")
        page.wait_for_timeout(SLOW_ANSWER_MS)
        settle(page)
        assert_still(page)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_the_stores_page_does_not_move_while_it_loads(
    browser: Browser, dashboard: SignedInDashboard, session: StorageState, size: tuple[int, int]
) -> None:
    dashboard.showcase.advance()
    page = open_slowly(new_context(browser, session, size, "en"), dashboard.pages["stores"], "league")
    assert_still(page)
