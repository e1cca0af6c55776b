"""The pages have no violations of axe-core, in dark mode on a phone and in light mode on a desktop."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.shop import PASSWORD, Shop, create_superadmin


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """The store of the tested pages."""
    return Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name=f"Accessible shop {'w' * 90}")


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
