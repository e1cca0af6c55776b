"""The palette and the keys of the admin app in Chromium on the running stack: with the keyboard only, and for axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.e2e.web.admin_pages import open_admin_page
from tests.shop import Shop, create_superadmin


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """A store with a name that no other store has."""
    return Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Café of the palette")


def open_palette(page: Page, *, text: str = "") -> None:
    """Open the palette with its keys, and search."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
    page.get_by_test_id("command").filter(has_text="Café of the palette").first.wait_for()
    page.keyboard.type(text)


def test_from_a_store_to_a_new_camera_and_an_invited_owner_with_the_keyboard_only(
    browser: Browser, stack: Stack, shop: Shop
) -> None:
    page = open_admin_page(browser, stack, create_superadmin(stack))
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_palette(page, text="cafe of the pal")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{stack.urls.admin}/stores/{shop.store_id}")
    page.get_by_test_id("worker-key").wait_for()

    open_palette(page, text="add camera")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Add camera")).to_be_visible()
    expect(page.get_by_test_id("camera-name-field")).to_be_focused()
    expect(page).to_have_url(f"{stack.urls.admin}/stores/{shop.store_id}")
    page.keyboard.type("Back door")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("camera-name")).to_have_text("Back door")

    open_palette(page, text="invite")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("invite-email")).to_be_focused()
    expect(page.get_by_test_id("invite-email")).to_be_in_viewport()
    page.reload()
    page.get_by_test_id("worker-key").wait_for()
    expect(page.get_by_test_id("invite-email")).not_to_be_focused()

    open_palette(page, text="add store")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("store-name-field")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    open_palette(page, text="deutsch")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page).to_have_url(f"{stack.urls.admin}/audit")
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette").wait_for()
    page.keyboard.type("abmelden")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sign-in$"))
    assert errors == []


def test_the_keys_lead_to_pages_and_the_search_but_not_from_a_field(browser: Browser, stack: Stack, shop: Shop) -> None:
    page = open_admin_page(browser, stack, create_superadmin(stack))
    page.get_by_test_id("store-health").first.wait_for()
    page.keyboard.press("/")
    expect(page.get_by_test_id("stores-search")).to_be_focused()
    page.keyboard.type("gage of the palette?")
    expect(page.get_by_test_id("stores-search")).to_have_value("gage of the palette?")
    expect(page.get_by_test_id("keys")).to_have_count(0)
    page.get_by_test_id("add-store").focus()
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page).to_have_url(f"{stack.urls.admin}/audit")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page).to_have_url(f"{stack.urls.admin}/")
    page.keyboard.press("?")
    expect(page.get_by_test_id("keys")).to_contain_text("G S")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("keys")).to_have_count(0)


def test_the_keys_of_a_counting_line_are_its_own(browser: Browser, stack: Stack, shop: Shop) -> None:
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/cameras/{shop.camera_id}")
    coordinates = page.get_by_test_id("line-coordinates")
    expect(coordinates).not_to_contain_text("not saved")
    before = coordinates.inner_text()
    page.get_by_test_id("line-end-a").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(coordinates).to_contain_text("not saved")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(coordinates).to_have_text(before)
    page.keyboard.press("Control+y")
    expect(coordinates).to_contain_text("not saved")
    # A page is left only after the question, also by a key.
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_test_id("unsaved-changes")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("unsaved-changes")).to_have_count(0)
    expect(page).to_have_url(f"{stack.urls.admin}/cameras/{shop.camera_id}")


def test_the_palette_and_the_keys_have_no_violations_and_fit_on_a_phone(
    browser: Browser, stack: Stack, shop: Shop
) -> None:
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}")
    page.get_by_test_id("worker-key").wait_for()
    page.emulate_media(reduced_motion="reduce")
    open_palette(page)
    assert violations_of(page, dialog=True) == []
    page.keyboard.type("nothing like this")
    expect(page.get_by_test_id("command")).to_have_count(0)
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_test_id("keys").wait_for()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_test_id("palette-open").click()
    box = page.get_by_test_id("palette").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
