"""The pages have no violations of axe-core, in dark mode on a phone and in light mode on a desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.shop import PASSWORD, Shop, create_superadmin

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
# Resolves after the page has been laid out and drawn in its new size. The timeout matters: headless Chromium does not
# always run an idle callback on a page without changes.
RENDERED: Final = (
    "new Promise(done => requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 1000 })))"
)
WCAG_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWPORTS: Final[tuple[tuple[Literal["dark", "light"], int], ...]] = (("dark", 360), ("light", 1280))


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """The store of the tested pages."""
    return Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name=f"Accessible shop {'w' * 90}")


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


def open_page(browser: Browser, address: str, email: str) -> Page:
    """Check the sign-in page, sign in and return the page."""
    page = browser.new_page(reduced_motion="reduce")  # without transitions between dark and light colours
    page.goto(address)
    page.get_by_test_id("sign-in-email").fill(email)
    assert violations_of(page) == []
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("sign-out").wait_for()
    return page


def test_the_dashboard_pages_have_no_violations(stack: Stack, browser: Browser, shop: Shop) -> None:
    page = open_page(browser, stack.urls.dashboard, shop.add_owner(stack))
    page.get_by_test_id("no-forecast").wait_for()
    page.get_by_test_id("tiles").wait_for()
    assert violations_of(page) == []
    page.get_by_test_id("reset-open").click()
    page.get_by_role("dialog").wait_for()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("reset-open")).to_be_focused()
    page.goto(f"{stack.urls.dashboard}/no/such/page")
    page.get_by_role("heading", name="Page not found").wait_for()
    assert violations_of(page) == []
    page.goto(f"{stack.urls.dashboard}/unsubscribe#token=un_{'a' * 43}")
    page.get_by_test_id("unsubscribe").click()
    expect(page.get_by_test_id("unsubscribe-error")).to_contain_text("no longer valid")
    assert violations_of(page) == []


def test_the_stores_of_an_owner_are_compared_sorted_and_found(stack: Stack, browser: Browser, shop: Shop) -> None:
    email = shop.add_owner(stack)
    Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Bakery").invite(email)
    page = open_page(browser, stack.urls.dashboard, email)
    rows = page.get_by_test_id("league-row")
    expect(rows).to_have_count(2)
    assert violations_of(page) == []
    page.get_by_role("button", name="Store", exact=True).click()
    expect(rows.last).to_contain_text("Accessible shop")
    page.get_by_role("button", name="Store", exact=True).click()
    expect(rows.last).to_contain_text("Bakery")
    page.keyboard.press("/")
    page.keyboard.type("bak")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    expect(page.get_by_test_id("store-name")).to_have_text("Bakery")


@pytest.mark.slow
def test_the_admin_pages_have_no_violations(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Accessible shop")
    page = open_page(browser, stack.urls.admin, create_superadmin(stack))
    page.goto(f"{stack.urls.admin}/stores/{shop.store_id}")
    page.get_by_test_id("worker-key").wait_for()
    page.get_by_test_id("archive").click()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    assert violations_of(page) == []
    page.get_by_test_id("store-audit").click()
    page.get_by_test_id("audit-entry").first.wait_for()
    assert violations_of(page) == []
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}")
    page.get_by_test_id("add-count-check").click()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    assert violations_of(page) == []
