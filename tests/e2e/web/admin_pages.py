"""Functions that open the admin pages as a superadmin."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from local.stack.stack import Stack
from tests.shop import PASSWORD


def open_admin_page(browser: Browser, stack: Stack, email: str, path: str = "/") -> Page:
    """Sign in and open an admin page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(stack.urls.admin)
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("me").and_(page.get_by_text(email)).wait_for()
    if path != "/":
        page.goto(stack.urls.admin + path)
    return page
