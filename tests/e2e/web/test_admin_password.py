"""A superadmin who has forgotten the password, in Chromium on the running stack, by both kinds of link."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.test_a_clip_reaches_the_page import link_mailed_to
from tests.e2e.web.accessibility import violations_of
from tests.e2e.web.admin_pages import open_admin_page
from tests.shop import create_superadmin, sign_in

NEW_PASSWORD = "another-long-password-2"


def choose_password(page: Page, email: str) -> None:
    """Accept the link and choose a password. The page is then the overview of the admin pages."""
    page.get_by_test_id("welcome-accept").click()
    expect(page.get_by_text(f"You sign in as {email}")).to_be_visible()
    page.reload()  # goes on where the user was
    page.get_by_test_id("welcome-password").fill(NEW_PASSWORD)
    page.get_by_test_id("welcome-password-confirmation").fill(NEW_PASSWORD)
    page.get_by_test_id("welcome-save").click()
    expect(page.get_by_test_id("me")).to_have_text(email)
    expect(page.get_by_role("heading", name="Stores and cameras")).to_be_visible()


def test_the_mail_that_the_sign_in_page_sends_leads_back_to_the_admin_pages(stack: Stack, browser: Browser) -> None:
    email = create_superadmin(stack)
    page = browser.new_page(reduced_motion="reduce")
    page.goto(stack.urls.admin)
    page.get_by_test_id("forgot-password").click()
    expect(page.get_by_test_id("forgot-password-email")).to_be_visible()
    assert violations_of(page) == []
    page.get_by_test_id("forgot-password-email").fill(email)
    page.get_by_test_id("forgot-password-send").click()
    expect(page.get_by_test_id("forgot-password-sent")).to_contain_text(email)

    link = link_mailed_to(stack, email)
    assert link.startswith(f"{stack.urls.admin}/welcome?token_hash=")
    page.goto(link)
    page.get_by_test_id("welcome-accept").wait_for()
    assert violations_of(page) == []
    choose_password(page, email)
    assert "token_hash" not in page.url
    assert sign_in(stack, email, NEW_PASSWORD)


def test_a_link_of_a_stock_mail_works_once(stack: Stack, browser: Browser) -> None:
    email = create_superadmin(stack)
    answer = httpx.post(
        f"{stack.urls.auth}/auth/v1/admin/generate_link",
        headers={"apikey": stack.keys.service_role_key, "Authorization": f"Bearer {stack.keys.service_role_key}"},
        json={"email": email, "type": "recovery", "redirect_to": f"{stack.urls.admin}/welcome"},
    )
    link = str(answer.raise_for_status().json()["action_link"])
    page = browser.new_page(reduced_motion="reduce")
    page.goto(link)
    page.get_by_test_id("welcome-accept").wait_for()
    assert (urlsplit(page.url).path, urlsplit(page.url).fragment) == ("/welcome", "")
    choose_password(page, email)
    assert sign_in(stack, email, NEW_PASSWORD)

    other = browser.new_page(reduced_motion="reduce")
    other.goto(link)
    expect(other.get_by_test_id("link-error")).to_contain_text("has expired or was already used")
    assert violations_of(other) == []
    other.get_by_role("link", name="Get a new link").click()
    expect(other.get_by_test_id("forgot-password-email")).to_be_visible()


def test_a_session_of_the_admin_pages_is_not_one_of_the_dashboard(stack: Stack, browser: Browser) -> None:
    page = open_admin_page(browser, stack, create_superadmin(stack))
    page.goto(stack.urls.dashboard)
    expect(page.get_by_test_id("sign-in-form")).to_be_visible()
