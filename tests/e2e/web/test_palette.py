"""The palette of the dashboard in Chromium on the running stack: with the keyboard only, on a phone, and for axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.shop import PASSWORD, Shop


@pytest.fixture(scope="module")
def stores(stack: Stack) -> tuple[Shop, Shop, str]:
    """Two stores and the email address of their owner."""
    first, second = (Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name=name) for name in ("Corner shop", "Café Süd"))
    email = first.add_owner(stack)
    second.invite(email)
    return first, second, email


@pytest.fixture(scope="module")
def session(stack: Stack, browser: Browser, stores: tuple[Shop, Shop, str]) -> StorageState:
    """The session of the owner."""
    page = browser.new_page()
    page.goto(stack.urls.dashboard)
    page.get_by_test_id("sign-in-email").fill(stores[2])
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("sign-out").wait_for()
    state = page.context.storage_state()
    page.context.close()
    return state


def open_page(browser: Browser, session: StorageState, address: str, width: int = 1280) -> Page:
    """Open a page of the signed-in owner."""
    page = browser.new_page(viewport={"width": width, "height": 800}, storage_state=session)
    page.goto(address)
    page.get_by_test_id("palette-open").wait_for()
    return page


def test_a_store_a_period_and_a_page_open_with_the_keyboard_only(
    browser: Browser, stack: Stack, session: StorageState, stores: tuple[Shop, Shop, str]
) -> None:
    second = stores[1]
    page = open_page(browser, session, stack.urls.dashboard)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
    page.keyboard.type("cafe")
    expect(page.get_by_test_id("command")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.urls.dashboard}/stores/{second.store_id}")
    page.get_by_test_id("tiles").or_(page.get_by_text("No data in this period")).first.wait_for()
    page.keyboard.press("Meta+k")
    page.get_by_test_id("palette").wait_for()
    page.keyboard.type("last 28")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?period=last28$"))
    expect(page.get_by_test_id("palette")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette").wait_for()
    page.keyboard.type("dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette").wait_for()
    page.keyboard.type("deutsch")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette").wait_for()
    page.keyboard.type("hilfe")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.urls.dashboard}/help")
    assert errors == []


def test_the_palette_opens_by_its_button_on_a_phone_and_fits(
    browser: Browser, stack: Stack, session: StorageState
) -> None:
    page = open_page(browser, session, stack.urls.dashboard, width=360)
    header = page.locator("header").first.bounding_box()
    assert header is not None
    assert header["height"] < 64  # one row
    page.get_by_test_id("palette-open").click()
    page.get_by_test_id("palette").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.get_by_test_id("palette").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.get_by_test_id("command").filter(has_text="My account").click()
    expect(page).to_have_url(f"{stack.urls.dashboard}/account")


def test_the_palette_has_no_violations_of_accessibility(
    browser: Browser, stack: Stack, session: StorageState, stores: tuple[Shop, Shop, str]
) -> None:
    page = open_page(browser, session, f"{stack.urls.dashboard}/stores/{stores[0].store_id}")
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette").wait_for()
    assert violations_of(page, dialog=True) == []
    page.keyboard.type("nothing like this")
    expect(page.get_by_test_id("command")).to_have_count(0)
    assert violations_of(page, dialog=True) == []
