"""Functions that open the admin pages as a superadmin."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Browser, Page

from local.stack.stack import Stack
from tests.shop import PASSWORD


def create_superadmin(stack: Stack) -> str:
    """Create a superadmin with the password PASSWORD and return the email address."""
    email = f"admin-{uuid4().hex[:8]}@example.org"
    stack.accounts.ensure(email, password=PASSWORD, role="superadmin")
    return email


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
