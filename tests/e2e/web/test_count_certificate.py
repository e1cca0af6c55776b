"""A manual count with a phone at the door, and the certificate that it makes, in Chromium on the running stack."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.e2e.web.admin_pages import open_admin_page
from tests.e2e.web.test_print import pages_of
from tests.factories import Direction, Event, insert_events
from tests.shop import Shop, create_superadmin

MINUTE = timedelta(minutes=1)
PARTS = 12
PEOPLE = 12
"""Of each direction in each part: 144, 6 fewer than a certificate needs."""


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """A store whose line is ten days old, with an hour that was counted by hand and by the camera without an error."""
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Corner shop with a long name at the central station")
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    ways: tuple[Direction, Direction] = ("IN", "OUT")
    events = [
        Event(start + part * 5 * MINUTE + person * timedelta(seconds=20), way)
        for part in range(PARTS)
        for person in range(PEOPLE)
        for way in ways
    ]
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        insert_events(connection, shop.store_id, shop.camera_id, events)
        connection.execute(
            "UPDATE camera_lines SET valid_from = now() - interval '10 days' WHERE camera_id = %s", [shop.camera_id]
        )
    tell_that_all_arrived(stack, shop)
    return shop


def add_hour(shop: Shop) -> None:
    """Add the manual count of the hour."""
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    ends = [(start + 5 * MINUTE * (part + 1)).isoformat() for part in range(PARTS)]
    body: dict[str, Any] = {
        "window_start": start.isoformat(),
        "window_end": ends[-1],
        "manual_in": PARTS * PEOPLE,
        "manual_out": PARTS * PEOPLE,
        "parts": [{"end": end, "manual_in": PEOPLE, "manual_out": PEOPLE} for end in ends],
    }
    shop.admin.post(f"/admin/cameras/{shop.camera_id}/count-checks", json=body).raise_for_status()


def tell_that_all_arrived(stack: Stack, shop: Shop) -> None:
    """Do what a heartbeat does after all crossings were sent."""
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE cameras SET last_seen_at = now(), delivered_until = now() WHERE id = %s", [shop.camera_id]
        )


def tap(page: Page, direction: Direction, times: int) -> None:
    for _ in range(times):
        page.get_by_test_id(f"tally-{direction}").tap()


def test_people_are_counted_with_a_phone_until_there_is_a_certificate_on_one_page(
    stack: Stack, browser: Browser, shop: Shop, tmp_path: Path
) -> None:
    email = create_superadmin(stack)
    desk = open_admin_page(browser, stack, email)
    desk.get_by_test_id("stores-show").select_option("count_check")
    overdue = desk.get_by_test_id("store-health").filter(has_text="Corner shop with a long name")
    expect(overdue.get_by_test_id("overdue-count-check")).to_contain_text("has never been checked")
    overdue.get_by_test_id("overdue-count-check").get_by_role("link").click()
    expect(desk.get_by_test_id("tally-start")).to_be_visible()

    add_hour(shop)
    desk.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}")
    expect(desk.get_by_test_id("assessment-verdict")).to_contain_text("at least 6 IN and 6 OUT more")
    expect(desk.get_by_test_id("assessment-IN")).to_contain_text("−2.1% to +2.1%")

    phone = browser.new_context(
        has_touch=True,
        viewport={"width": 360, "height": 740},
        storage_state=desk.context.storage_state(),
        reduced_motion="reduce",
    ).new_page()
    phone.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}/count")
    phone.get_by_test_id("tally-start").tap()
    tap(phone, "OUT", 6)
    tap(phone, "IN", 7)
    phone.reload()
    expect(phone.get_by_test_id("tally-IN")).to_contain_text("7")
    tap(phone, "IN", 1)
    for _ in range(2):
        phone.get_by_test_id("tally-undo").tap()
    expect(phone.get_by_test_id("tally-IN")).to_contain_text("6")
    for direction in ("IN", "OUT"):
        box = phone.get_by_test_id(f"tally-{direction}").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 150
    assert violations_of(phone) == []
    # The camera counts the same people.
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        ways: tuple[Direction, ...] = ("IN", "OUT") * 6
        insert_events(connection, shop.store_id, shop.camera_id, [Event(datetime.now(UTC), way) for way in ways])
    phone.get_by_test_id("tally-finish").tap()
    expect(phone.get_by_test_id("tally-save")).to_be_disabled()
    tell_that_all_arrived(stack, shop)
    phone.get_by_test_id("tally-save").tap()
    expect(phone.get_by_test_id("count-check")).to_have_count(2)
    expect(phone.get_by_test_id("assessment-verdict")).to_contain_text("proven to be within ±2%")

    phone.get_by_test_id("certificate-link").tap()
    expect(phone.get_by_role("heading", name="Certificate of the count")).to_be_visible()
    assert violations_of(phone) == []
    desk.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}/certificate")
    certificate = desk.get_by_test_id("certificate")
    expect(certificate).to_contain_text("Corner shop with a long name at the central station")
    expect(certificate.get_by_test_id("certificate-window")).to_have_count(2)
    expect(certificate.get_by_test_id("certificate-window").first).to_contain_text(email)
    expect(certificate).to_contain_text(re.compile(rf"Date\s*\d+ \w+ {datetime.now(UTC).year}"))
    for page in (desk, phone):
        assert pages_of(page.pdf(path=tmp_path / "certificate.pdf", prefer_css_page_size=True)) == 1
    desk.emulate_media(media="print")
    for role in ("button", "navigation", "banner"):
        expect(desk.get_by_role(role)).to_have_count(0)

    desk.emulate_media(media="screen")
    desk.goto(f"{stack.urls.admin}/?show=count_check")
    expect(desk.get_by_test_id("stores-show")).to_have_value("count_check")
    expect(desk.get_by_text("Corner shop with a long name at the central station")).to_have_count(0)


def test_a_certificate_of_many_windows_is_on_one_page(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name=f"Shop {'with a long name ' * 5}")
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_lines SET valid_from = now() - interval '90 days' WHERE camera_id = %s", [shop.camera_id]
        )
        connection.execute(
            "INSERT INTO count_checks (store_id, camera_id, window_start, window_end, manual_in, manual_out,"
            " counted_in, counted_out, complete, user_id) SELECT %s, %s, day, day + interval '15 minutes', 20, 20, 19,"
            " 20, true, (SELECT id FROM users ORDER BY email LIMIT 1)"
            " FROM generate_series(now() - interval '40 days', now() - interval '1 day', interval '1 day') day",
            [shop.store_id, shop.camera_id],
        )
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/cameras/{shop.camera_id}/certificate")
    expect(page.get_by_test_id("certificate-window")).to_have_count(10)
    expect(page.get_by_role("heading", name="Report on the count")).to_be_visible()
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
