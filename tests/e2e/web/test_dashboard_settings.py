"""The settings of a store in Chromium on the running stack: notifications, reports, calendar and incidents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.shop import PASSWORD, Shop


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """A store with a public holiday."""
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name=f"Settings shop {'w' * 80}")
    execute(
        stack,
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, '2027-01-06', 'Epiphany', true)",
        shop.store_id,
    )
    return shop


@pytest.fixture
def page(stack: Stack, browser: Browser, shop: Shop) -> Iterator[Page]:
    """The settings of the store, opened by a new owner. They keep the content security policy."""
    violations: list[str] = []
    page = browser.new_page(reduced_motion="reduce")
    page.on(
        "console",
        lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None,
    )
    page.goto(stack.urls.dashboard)
    page.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("store-settings").click()
    page.get_by_test_id("add-channel").wait_for()
    yield page
    assert violations == []


def execute(stack: Stack, statement: str, *values: object) -> None:
    """Execute a statement in the database."""
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(statement.encode(), values)


def send_notifications(stack: Stack) -> None:
    """Run the notifications Lambda, which also runs every minute."""
    url = f"http://127.0.0.1:{stack.settings.ports.lambdas}/2015-03-31/functions/metrica-local-notifications"
    assert httpx.post(f"{url}/invocations", json={}, timeout=30).status_code == 200


def test_a_channel_is_added_tested_and_deleted(page: Page, stack: Stack) -> None:
    expect(page).to_have_url(re.compile(r"/settings/notifications$"))
    assert violations_of(page) == []
    page.get_by_test_id("add-channel").click()
    page.get_by_test_id("form-save").click()
    channel = page.get_by_test_id("channel")
    expect(channel).to_have_count(1)
    expect(page.get_by_test_id("add-channel")).to_be_focused()
    channel.get_by_role("button", name="Send a test").click()
    expect(page.get_by_test_id("channel-test")).to_be_visible()
    send_notifications(stack)
    expect(page.get_by_test_id("channel-test")).to_have_text("The test was delivered.")
    channel.get_by_role("button", name="Deliveries").click()
    expect(page.get_by_test_id("delivery")).to_contain_text("Delivered")
    assert violations_of(page) == []
    channel.get_by_role("button", name="Delete").click()
    page.get_by_test_id("delete-channel-confirm").wait_for()
    assert violations_of(page, dialog=True) == []
    page.get_by_test_id("delete-channel-confirm").click()
    expect(page.get_by_text("No notifications yet")).to_be_visible()


def test_the_errors_of_the_api_are_at_their_fields(page: Page) -> None:
    page.get_by_test_id("add-channel").click()
    page.get_by_label("Send by").select_option("webhook")
    page.get_by_label("Quiet hours").check()
    page.get_by_label("All types of incidents").uncheck()
    page.get_by_label("Camera offline").check()
    assert violations_of(page, dialog=True) == []
    page.get_by_test_id("channel-url").fill("https://example.com:12345/hook")
    with page.expect_response(re.compile(r"/me/notifications$")) as refused:
        page.get_by_test_id("form-save").click()
    assert refused.value.status == 422
    expect(page.get_by_test_id("channel-url")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_test_id("channel-url")).to_be_focused()


def test_the_secret_of_a_webhook_is_not_lost_by_escape_and_a_failed_test_is_shown(page: Page, stack: Stack) -> None:
    page.get_by_test_id("add-channel").click()
    page.get_by_label("Send by").select_option("webhook")
    page.get_by_test_id("channel-url").fill(f"http://127.0.0.1:9/{'x' * 200}")
    page.get_by_test_id("form-save").click()
    expect(page.get_by_test_id("channel-secret")).to_contain_text("whsec_")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("channel-secret")).to_be_visible()
    assert violations_of(page, dialog=True) == []
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_test_id("channel-test")).to_be_visible()
    send_notifications(stack)
    expect(page.get_by_test_id("channel-test")).to_contain_text("No connection")
    assert violations_of(page) == []


def test_a_report_is_previewed_and_subscribed_to(page: Page) -> None:
    page.get_by_role("link", name="Reports").click()
    weekly = page.get_by_test_id("report-week")
    weekly.get_by_role("button", name="Subscribe").click()
    expect(weekly.get_by_text("Subscribed")).to_be_visible()
    weekly.get_by_role("link", name="Preview").click()
    expect(page.get_by_test_id("report-subject")).to_contain_text("Weekly report")
    report = page.frame_locator('[data-testid="report-frame"]')
    expect(report.locator("body")).to_have_css("background-color", "rgb(241, 245, 249)")
    page.get_by_test_id("preview-date").fill("2026-01-07")
    expect(page.get_by_test_id("report-subject")).to_contain_text("2026-01-05 to 2026-01-11")
    assert violations_of(page) == []
    page.reload()
    expect(page.get_by_test_id("report-subject")).to_contain_text("2026-01-05 to 2026-01-11")
    expect(weekly.get_by_text("Subscribed")).to_be_visible()
    weekly.get_by_role("button", name="Unsubscribe").click()
    expect(weekly.get_by_role("button", name="Subscribe")).to_be_visible()


def test_a_day_is_closed_with_a_note_and_opened_again(page: Page) -> None:
    page.goto(page.url.replace("/notifications", "/calendar?month=2027-01"))
    expect(page.get_by_test_id("special-day")).to_contain_text("Epiphany")
    assert violations_of(page) == []
    page.get_by_role("button", name="Thu 7 Jan").click()
    page.get_by_test_id("special-day-opening").select_option("closed")
    page.get_by_test_id("special-day-note").fill("Stocktaking")
    assert violations_of(page, dialog=True) == []
    page.get_by_test_id("form-save").click()
    expect(page.get_by_test_id("special-day")).to_have_count(2)
    expect(page.get_by_test_id("special-day").last).to_contain_text("Closed · Stocktaking")
    page.get_by_role("button", name="Edit Thu 7 Jan").click()
    page.get_by_test_id("special-day-remove").click()
    expect(page.get_by_test_id("special-day")).to_have_count(1)


def test_an_incident_is_acknowledged_muted_and_closed(page: Page, stack: Stack, shop: Shop) -> None:
    add_incident(stack, shop.store_id, shop.camera_id)
    page.get_by_role("link", name="Incidents").click()
    incident = page.get_by_test_id("incident")
    expect(incident).to_contain_text("What to check: Turn the camera back")
    incident.get_by_role("button", name="Acknowledge").click()
    expect(incident.get_by_text("Acknowledged")).to_be_visible()
    incident.get_by_role("button", name="Mute").click()
    page.get_by_test_id("mute-duration").select_option("until")
    assert violations_of(page, dialog=True) == []
    page.get_by_test_id("form-save").click()
    expect(incident.get_by_text("Muted until")).to_be_visible()
    assert violations_of(page) == []
    incident.get_by_role("button", name="Close").click()
    page.get_by_test_id("close-incident-confirm").click()
    expect(page.get_by_text("No open incidents")).to_be_visible()
    page.get_by_role("link", name="All", exact=True).click()
    expect(incident).to_contain_text("Closed")
    page.go_back()
    expect(page.get_by_text("No open incidents")).to_be_visible()


def add_incident(stack: Stack, store_id: UUID, camera_id: UUID) -> None:
    """An open incident of a camera."""
    execute(
        stack,
        "INSERT INTO incidents (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at, opened_at)"
        " VALUES ('picture_moved', %s, %s, %s, 'The picture is shifted.', 'Look whether the camera was turned.',"
        " now() - interval '3 hours', now() - interval '3 hours', now() - interval '2 hours')",
        store_id,
        camera_id,
        str(camera_id),
    )
