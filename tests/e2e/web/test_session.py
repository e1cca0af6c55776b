"""The session of the dashboard in Chromium: a wrong clock, two tabs, no connection, no sign-in service."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from local.stack.stack import Stack
from tests.shop import PASSWORD, Shop

STORED_SESSION = "metrica-dashboard"


def is_refresh(request: Request) -> bool:
    """Whether a request asks the sign-in service for new tokens."""
    return "grant_type=refresh_token" in request.url


def sign_in(page: Page, email: str) -> None:
    """Fill the sign-in form of an open page and wait for the stores."""
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("store-card").wait_for()


def make_stale(page: Page) -> None:
    """Store the session as if its tokens had arrived two hours ago."""
    page.evaluate(
        """key => {
            const session = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({ ...session, received_at: Date.now() - 7200_000 }));
        }""",
        STORED_SESSION,
    )


@pytest.fixture(scope="module")
def owner(stack: Stack) -> str:
    """The email address of the owner of a store."""
    return Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Session shop").add_owner(stack)


@pytest.fixture
def context(stack: Stack, browser: Browser, owner: str) -> BrowserContext:
    """A browser with one tab, signed in as the owner."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(stack.urls.dashboard)
    sign_in(page, owner)
    return context


def test_a_clock_that_is_an_hour_fast_causes_no_refresh(stack: Stack, browser: Browser, owner: str) -> None:
    context = browser.new_context()
    context.clock.install(time=datetime.now(UTC) + timedelta(minutes=61))
    page = context.new_page()
    page.goto(stack.urls.dashboard)
    sign_in(page, owner)
    refreshes: list[Request] = []
    page.on("request", lambda request: refreshes.append(request) if is_refresh(request) else None)
    page.reload()
    page.get_by_test_id("store-card").wait_for()
    page.get_by_test_id("store-card").click()
    page.get_by_test_id("live-indicator").wait_for()
    context.clock.run_for(30_000)
    expect(page.get_by_test_id("live-indicator")).to_be_visible()
    assert refreshes == []


def test_two_tabs_with_an_old_token_refresh_once_and_stay_signed_in(context: BrowserContext, stack: Stack) -> None:
    [first] = context.pages
    # Not on the page itself: it asks the API every few seconds, and the end of the page would abort its refresh.
    first.goto(f"{stack.urls.dashboard}/config.json")
    make_stale(first)
    refreshes: list[Request] = []
    context.on("request", lambda request: refreshes.append(request) if is_refresh(request) else None)
    second = context.new_page()
    first.goto(stack.urls.dashboard, wait_until="commit")
    second.goto(stack.urls.dashboard, wait_until="commit")
    for page in (first, second):
        page.get_by_test_id("store-card").wait_for()
    assert len(refreshes) == 1


def test_signing_out_without_a_connection_removes_the_session(context: BrowserContext, stack: Stack) -> None:
    [page] = context.pages
    context.set_offline(True)
    expect(page.get_by_test_id("offline-banner")).to_be_visible()
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("sign-in-form")).to_be_visible()
    assert page.evaluate("key => localStorage.getItem(key)", STORED_SESSION) is None
    context.set_offline(False)
    page.goto(stack.urls.dashboard)
    expect(page.get_by_test_id("sign-in-form")).to_be_visible()


def test_a_reload_while_the_sign_in_service_is_away_keeps_the_page(context: BrowserContext, stack: Stack) -> None:
    [page] = context.pages
    make_stale(page)
    page.route(re.compile(r"/auth/v1/"), lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("Cannot reach the sign-in service.").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/$"))
    page.unroute_all()
    expect(page.get_by_test_id("store-card")).to_be_visible()
