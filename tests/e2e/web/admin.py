"""The admin's pages as a superadmin opens them."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Browser, Page

from local.stack.stack import Stack
from tests.shop import PASSWORD


def superadmin(stack: Stack) -> str:
    """The e-mail of a new superadmin (PASSWORD is theirs)."""
    email = f"admin-{uuid4().hex[:8]}@example.org"
    stack.accounts.ensure(email, password=PASSWORD, role="superadmin")
    return email


def page_of(browser: Browser, stack: Stack, email: str, path: str = "/") -> Page:
    """An admin page after the sign-in form."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(stack.urls.admin)
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("me").and_(page.get_by_text(email)).wait_for()
    if path != "/":
        page.goto(stack.urls.admin + path)
    return page
