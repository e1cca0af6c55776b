"""The admin app in German: it fits on a phone, and has no violations of axe-core."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.shop import PASSWORD, Shop, create_superadmin


def check(page: Page, ready: str) -> None:
    """Check that a page is not wider than a phone, and has no violations."""
    page.get_by_test_id(ready).first.wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert violations_of(page) == []


def test_the_admin_app_in_german(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Laden in der Donaustraße")
    page = browser.new_page(reduced_motion="reduce")
    page.goto(stack.urls.admin)
    page.get_by_test_id("language").select_option("de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    assert violations_of(page) == []
    page.get_by_test_id("sign-in-email").fill(create_superadmin(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Geschäfte und Kameras")
    check(page, "store-health")
    page.get_by_test_id("add-store").click()
    page.get_by_test_id("store-name-field").wait_for()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    for path, ready in (
        (f"/stores/{shop.store_id}", "edit-store"),
        (f"/stores/{shop.store_id}/setup", "setup-owner"),
        (f"/cameras/{shop.camera_id}", "add-count-check"),
        (f"/cameras/{shop.camera_id}/live", "camera-status"),
        (f"/cameras/{shop.camera_id}/count", "tally-start"),
        ("/audit", "audit-entry"),
    ):
        page.goto(stack.urls.admin + path)
        check(page, ready)
