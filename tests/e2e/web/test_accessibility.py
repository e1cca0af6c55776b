"""The pages have no violations of axe-core, in dark mode on a phone and in light mode on a desktop."""

from __future__ import annotations

from typing import Literal

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


def close(page: Page, role: Literal["dialog", "menu"]) -> None:
    """Close what is open with the Escape key, and check that nothing of it stays."""
    page.keyboard.press("Escape")
    expect(page.get_by_role(role)).to_have_count(0)


def test_what_opens_on_the_page_of_a_store_has_no_violations(stack: Stack, browser: Browser, shop: Shop) -> None:
    page = open_page(browser, f"{stack.urls.dashboard}/stores/{shop.store_id}", shop.add_owner(stack))
    page.get_by_test_id("tiles").wait_for()
    page.get_by_test_id("no-forecast").wait_for()

    for number in ("occupancy", "visitors", "occupancy_average"):
        page.get_by_test_id(f"define-{number}").click()
        page.get_by_test_id("definition").wait_for()
        assert violations_of(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("definition")).to_have_count(0)

    page.get_by_test_id("date-picker").click()
    page.get_by_test_id("calendar").wait_for()
    assert violations_of(page, dialog=True) == []
    close(page, "dialog")
    page.get_by_test_id("compare").click()
    page.get_by_test_id("compare-year").wait_for()
    assert violations_of(page, dialog=True) == []
    close(page, "menu")
    page.get_by_test_id("settings").click()
    page.get_by_role("menuitemradio").first.wait_for()
    assert violations_of(page, dialog=True) == []
    close(page, "menu")

    page.goto(f"{stack.urls.dashboard}/help#dwell_s")
    page.get_by_role("heading", name="Dwell time").wait_for()
    assert violations_of(page) == []


def test_the_definition_of_a_number_is_shown_on_hover_on_focus_and_on_tap(
    stack: Stack, browser: Browser, shop: Shop
) -> None:
    page = open_page(browser, f"{stack.urls.dashboard}/stores/{shop.store_id}", shop.add_owner(stack))
    button, definition = page.get_by_test_id("define-visitors"), page.get_by_test_id("definition")
    button.hover()
    expect(definition).to_contain_text("counting line")
    definition.hover()
    page.wait_for_timeout(400)  # longer than the way from the button to the definition may take
    expect(definition).to_be_visible()
    page.mouse.move(0, 0)
    expect(definition).to_have_count(0)
    page.get_by_test_id("compare").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    expect(definition).to_be_visible()
    page.keyboard.press("Tab")
    expect(definition.get_by_role("link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(definition).not_to_contain_text("on the way in")  # the next one is open
    page.keyboard.press("Escape")
    expect(definition).to_have_count(0)

    phone = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    tapped = phone.new_page()
    tapped.goto(f"{stack.urls.dashboard}/stores/{shop.store_id}")
    tapped.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    tapped.get_by_test_id("sign-in-password").fill(PASSWORD)
    tapped.get_by_test_id("sign-in-submit").click()
    for number in ("visitors", "dwell_s", "peak_hour", "occupancy_average"):
        tapped.get_by_test_id(f"define-{number}").tap()
        box = tapped.get_by_test_id("definition").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        tapped.get_by_test_id(f"define-{number}").tap()
        expect(tapped.get_by_test_id("definition")).to_have_count(0)


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
    expect(page).to_have_url(f"{stack.urls.dashboard}/?search=bak")
    rows.get_by_role("link").click()
    expect(page.get_by_test_id("store-name")).to_have_text("Bakery")
    page.go_back()
    expect(page.get_by_test_id("league-search")).to_have_value("bak")
    expect(rows).to_have_count(1)
    page.go_back()
    expect(rows).to_have_count(2)
    expect(page.get_by_test_id("league-search")).to_have_value("")


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
    page.goto(f"{stack.urls.admin}/stores/{shop.store_id}/setup")
    page.get_by_test_id("setup-create-key").click()
    page.get_by_test_id("setup-command").wait_for()
    for step in ("details", "camera", "snapshot", "line", "walk", "owner"):
        page.get_by_test_id(f"setup-{step}-toggle").press("Enter")
        assert violations_of(page) == [], step
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}/live")
    page.get_by_text("No crossings in the last hour").wait_for()
    assert violations_of(page) == []
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}/count")
    for button in ("tally-start", "tally-IN", "tally-finish"):
        page.get_by_test_id(button).click()
        assert violations_of(page) == [], button
    page.get_by_test_id("tally-save-incomplete").click()
    page.get_by_test_id("count-check").wait_for()
    assert violations_of(page) == []
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}/certificate")
    page.get_by_text("There is nothing to certify yet").wait_for()
    assert violations_of(page) == []
    page.goto(stack.urls.admin)
    page.get_by_test_id("add-store").click()
    page.get_by_label("Always open").uncheck()
    page.get_by_test_id("store-timezone-field").fill("Springfield")
    page.get_by_test_id("other-cities").wait_for()
    assert violations_of(page, dialog=True) == []
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}")
    page.get_by_test_id("add-count-check").click()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    assert violations_of(page) == []
