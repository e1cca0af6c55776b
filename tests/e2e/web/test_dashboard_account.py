"""The account page and the links of mails in Chromium on the running stack."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.shop import PASSWORD, Shop

NEW_PASSWORD = "another-long-password-2"


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """The store of the owners."""
    return Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Account shop")


def sign_in(context: BrowserContext, stack: Stack, email: str, password: str) -> Page:
    """Open a tab and sign in."""
    page = context.new_page()
    page.goto(stack.urls.dashboard)
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(password)
    page.get_by_test_id("sign-in-submit").click()
    return page


def action_link(stack: Stack, email: str, link_type: str, page: str) -> str:
    """The link that a stock mail of Supabase has: to the sign-in service, which redirects to the page."""
    answer = httpx.post(
        f"{stack.urls.auth}/auth/v1/admin/generate_link",
        headers={"apikey": stack.keys.service_role_key, "Authorization": f"Bearer {stack.keys.service_role_key}"},
        json={"email": email, "type": link_type, "redirect_to": f"{stack.urls.dashboard}{page}"},
    )
    answer.raise_for_status()
    return str(answer.json()["action_link"])


def test_the_password_is_changed_with_the_current_one(stack: Stack, browser: Browser, shop: Shop) -> None:
    email = shop.add_owner(stack)
    page = sign_in(browser.new_context(reduced_motion="reduce"), stack, email, PASSWORD)
    page.get_by_test_id("account").click()
    expect(page.get_by_test_id("account-email")).to_have_text(email)
    expect(page.get_by_test_id("account-store")).to_contain_text("No notifications.")
    assert violations_of(page) == []
    for field in ("account-password", "account-confirmation"):
        page.get_by_test_id(field).fill(NEW_PASSWORD)
    page.get_by_test_id("account-current").fill("not-the-password")
    page.get_by_test_id("account-save").click()
    expect(page.get_by_text("This is not your current password.")).to_be_visible()
    page.get_by_test_id("account-current").fill(PASSWORD)
    page.get_by_test_id("account-save").click()
    expect(page.get_by_test_id("password-changed")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("account-email")).to_have_text(email)
    other = sign_in(browser.new_context(), stack, email, NEW_PASSWORD)
    expect(other.get_by_test_id("store-name")).to_be_visible()


def test_signing_out_everywhere_ends_the_session_of_the_other_browser(
    stack: Stack, browser: Browser, shop: Shop
) -> None:
    email = shop.add_owner(stack)
    other = sign_in(browser.new_context(), stack, email, PASSWORD)
    other.get_by_test_id("store-name").wait_for()
    page = sign_in(browser.new_context(reduced_motion="reduce"), stack, email, PASSWORD)
    page.get_by_test_id("account").click()
    page.get_by_test_id("sign-out-everywhere").click()
    page.get_by_test_id("sign-out-everywhere-confirm").wait_for()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("sign-out-everywhere")).to_be_focused()
    page.get_by_test_id("sign-out-everywhere").click()
    page.get_by_test_id("sign-out-everywhere-confirm").click()
    expect(page.get_by_test_id("sign-in-form")).to_be_visible()
    # The access token of the other browser is valid for an hour; its refresh token is not.
    other.evaluate(
        """() => {
            const session = JSON.parse(localStorage.getItem("metrica-dashboard"));
            localStorage.setItem("metrica-dashboard", JSON.stringify({ ...session, received_at: 0 }));
        }"""
    )
    other.reload()
    expect(other.get_by_test_id("sign-in-form")).to_be_visible()


@pytest.mark.parametrize("landing", ["/invite", "/"])
def test_an_invitation_of_a_stock_mail_leads_to_a_password(
    stack: Stack, browser: Browser, shop: Shop, landing: str
) -> None:
    email = f"invited-{uuid4().hex[:8]}@example.org"
    shop.invite(email)
    page = browser.new_page(reduced_motion="reduce")
    page.goto(action_link(stack, email, "invite", landing))
    page.get_by_test_id("welcome-accept").wait_for()
    assert urlsplit(page.url).path == "/welcome"
    assert urlsplit(page.url).fragment == ""
    assert violations_of(page) == []
    page.reload()
    page.get_by_test_id("welcome-accept").click()
    expect(page.get_by_text(f"You sign in as {email}")).to_be_visible()
    page.reload()
    page.get_by_test_id("welcome-password").fill(NEW_PASSWORD)
    page.get_by_test_id("welcome-password-confirmation").fill(NEW_PASSWORD)
    page.get_by_test_id("welcome-save").click()
    expect(page.get_by_test_id("store-name")).to_have_text("Account shop")
    assert "access_token" not in str(page.evaluate("performance.getEntriesByType('navigation')[0].name"))
    other = sign_in(browser.new_context(), stack, email, NEW_PASSWORD)
    expect(other.get_by_test_id("store-name")).to_have_text("Account shop")


def test_a_recovery_link_of_our_mail_goes_on_after_a_reload(stack: Stack, browser: Browser, shop: Shop) -> None:
    email = shop.add_owner(stack)
    token = re.search(r"token=(\w+)", action_link(stack, email, "recovery", "/welcome"))
    assert token is not None
    page = browser.new_page()
    page.goto(f"{stack.urls.dashboard}/welcome?token_hash={token[1]}&type=recovery")
    page.get_by_test_id("welcome-accept").click()
    page.get_by_test_id("welcome-password").wait_for()
    assert token[1] not in page.url
    page.reload()
    page.get_by_test_id("welcome-password").fill(NEW_PASSWORD)
    page.get_by_test_id("welcome-password-confirmation").fill(NEW_PASSWORD)
    page.get_by_test_id("welcome-save").click()
    expect(page.get_by_test_id("store-name")).to_be_visible()


def test_a_link_that_was_used_says_so_and_leads_to_a_new_one(stack: Stack, browser: Browser, shop: Shop) -> None:
    email = shop.add_owner(stack)
    link = action_link(stack, email, "recovery", "/welcome")
    assert httpx.get(link).status_code == 303  # as a scanner of mail does
    page = browser.new_page(reduced_motion="reduce")
    page.goto(link)
    expect(page.get_by_test_id("link-error")).to_contain_text("has expired or was already used")
    assert urlsplit(page.url).fragment == ""
    assert violations_of(page) == []
    page.get_by_role("link", name="Get a new link").click()
    expect(page.get_by_test_id("forgot-password-email")).to_be_visible()
