"""The admin pages in Chromium on the running stack: count checks, archiving, owners and the audit log."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.admin_pages import open_admin_page
from tests.factories import Event, insert_events
from tests.shop import Shop, create_superadmin, sign_in, zone_around_noon

LINE = (0.1, 0.5, 0.9, 0.5)
OpenPage = Callable[[str], Page]


@pytest.fixture(scope="module")
def open_page(stack: Stack, browser: Browser) -> OpenPage:
    """Return a function that opens an admin page as a superadmin. The sign-in happens once."""
    signed_in = open_admin_page(browser, stack, create_superadmin(stack)).context.storage_state()

    def open_at(path: str) -> Page:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, storage_state=signed_in)
        page.goto(stack.urls.admin + path)
        return page

    return open_at


def add_count_check(page: Page, hour: datetime, manual_in: int, manual_out: int) -> None:
    """Enter the manual count of an hour (UTC), in the time zone of the store."""
    zone = ZoneInfo(zone_around_noon())
    page.get_by_test_id("add-count-check").click()
    for name, moment in (("start", hour), ("end", hour + timedelta(hours=1))):
        page.get_by_test_id(f"check-{name}").fill(moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_test_id("check-manual_in").fill(str(manual_in))
    page.get_by_test_id("check-manual_out").fill(str(manual_out))
    page.get_by_test_id("form-save").click()


def test_a_manual_count_is_compared_with_the_count_of_the_camera(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot")
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    crossings = [
        Event(hour, "IN"),
        Event(hour + timedelta(minutes=30), "IN"),
        Event(hour + timedelta(minutes=40), "OUT"),
    ]
    after = Event(hour + timedelta(hours=1), "IN")
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        insert_events(connection, shop.store_id, shop.camera_id, [*crossings, after])
    page = open_page(f"/cameras/{shop.camera_id}")
    add_count_check(page, hour, manual_in=3, manual_out=1)

    check = page.get_by_test_id("count-check")
    unused = "Not used: the line or the view was another one at this time."  # the camera was added after the window
    expect(check.get_by_role("cell")).to_have_text(["3", "2", "−1", "1", "1", "±0", "75%", unused])
    zone = ZoneInfo(zone_around_noon())
    window = f"{hour.astimezone(zone):%H:%M}–{hour.astimezone(zone) + timedelta(hours=1):%H:%M}"
    expect(check.get_by_role("rowheader")).to_contain_text(window)
    [stored] = shop.admin.get(f"/admin/cameras/{shop.camera_id}/count-checks").json()["count_checks"]
    assert datetime.fromisoformat(stored["window_start"]) == hour


def test_a_window_in_the_future_is_rejected_by_the_form(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot")
    page = open_page(f"/cameras/{shop.camera_id}")
    add_count_check(page, datetime.now(UTC), manual_in=3, manual_out=1)
    expect(page.get_by_text("The end must be in the past.")).to_be_visible()
    assert shop.admin.get(f"/admin/cameras/{shop.camera_id}/count-checks").json()["count_checks"] == []


def test_archiving_a_camera_explains_the_consequences_first(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot")
    page = open_page(f"/cameras/{shop.camera_id}")
    page.get_by_test_id("archive").click()
    expect(page.get_by_test_id("archive-consequences")).to_contain_text("The history of the store keeps")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("archive")).to_be_focused()
    assert shop.admin.get(f"/admin/cameras/{shop.camera_id}").json()["archived_at"] is None

    page.get_by_test_id("archive").click()
    page.get_by_test_id("archive-confirm").click()
    expect(page.get_by_test_id("archived-camera")).to_contain_text("The history of the store keeps its crossings")
    expect(page.locator("#content")).to_be_focused()
    expect(page.get_by_test_id("line-save")).to_have_count(0)
    assert shop.admin.get(f"/admin/cameras/{shop.camera_id}").json()["archived_at"] is not None

    page.goto(f"{stack.urls.admin}/stores/{shop.store_id}")
    expect(page.get_by_test_id("camera-row")).to_have_count(0)
    page.get_by_test_id("archived-cameras").get_by_text("1 archived camera").click()
    expect(page.get_by_test_id("archived-cameras").get_by_role("link", name="Door")).to_be_visible()


def test_another_edge_box_and_another_view_are_accepted_after_an_explanation(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot")
    present, other = uuid4(), uuid4()
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE cameras SET last_seen_at = now(), picture = 'moved', fps_reached = 9.5, instance_id = %s,"
            " instance_seen_at = now(), rejected_instance_id = %s, rejected_instance_at = now() WHERE id = %s",
            [present, other, shop.camera_id],
        )
    overview = open_page("/")
    problems = overview.get_by_test_id("camera-problems").filter(has_text="Another edge box")
    expect(problems.get_by_role("listitem")).to_have_count(2)
    expect(problems).to_contain_text("Turn the camera back, or request a snapshot and draw the line again.")
    measured = overview.get_by_test_id("camera-measurements").filter(has_text="9.5 frames/s")
    expect(measured).to_be_visible()
    page = open_page(f"/cameras/{shop.camera_id}")
    page.get_by_test_id("accept-instance").click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("The edge box that counts the camera now is turned away.")
    dialog.get_by_test_id("accept-instance-confirm").click()
    expect(page.get_by_test_id("rejected-instance")).to_have_count(0)
    camera = shop.admin.get(f"/admin/cameras/{shop.camera_id}").json()
    assert (camera["instance_id"], camera["rejected_instance_id"]) == (str(other), None)

    page.get_by_test_id("accept-view").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("The line stays where it is in the picture.")
    page.get_by_test_id("accept-view-confirm").click()
    expect(page.get_by_test_id("changed-view")).to_contain_text("The view was accepted")
    assert shop.admin.get(f"/admin/cameras/{shop.camera_id}").json()["view_accepted_at"] is not None


def test_a_store_is_archived_and_restored(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot", name="Seasonal shop")
    token = sign_in(stack, shop.add_owner(stack))

    def status_for_the_owner() -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.get(f"{stack.urls.api}/live/{shop.store_id}", headers=headers, timeout=30).status_code

    assert status_for_the_owner() == 200
    page = open_page(f"/stores/{shop.store_id}")
    page.get_by_test_id("archive").click()
    expect(page.get_by_test_id("archive-consequences")).to_contain_text("The history is kept")
    page.get_by_test_id("archive-confirm").click()
    expect(page.get_by_test_id("archived-store")).to_be_visible()
    expect(page.get_by_test_id("worker-key")).to_contain_text("Revoked")
    assert status_for_the_owner() == 404

    page.goto(stack.urls.admin)
    page.get_by_test_id("archived-stores").get_by_text("archived store").click()
    page.get_by_test_id("archived-stores").get_by_role("link", name="Seasonal shop").click()
    page.get_by_test_id("restore-store").click()
    expect(page.get_by_test_id("archived-store")).to_have_count(0)
    expect(page.get_by_test_id("archive")).to_be_visible()
    assert status_for_the_owner() == 200


def test_removing_the_last_owner_needs_a_second_confirmation(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot")
    email = shop.add_owner(stack)
    bearer = {"Authorization": f"Bearer {sign_in(stack, email)}"}
    # The first request makes the invited user an owner.
    assert httpx.get(f"{stack.urls.api}/me", headers=bearer, timeout=30).status_code == 200
    page = open_page(f"/stores/{shop.store_id}")
    owner = page.get_by_test_id("owner").filter(has_text=email)
    owner.get_by_role("button", name="Remove").click()
    owner.get_by_role("button", name="Confirm removal").click()
    expect(owner).to_contain_text("This is the last owner")
    owner.get_by_role("button", name="Remove last owner").click()
    owner.get_by_role("button", name="Confirm removal").click()
    expect(owner).to_have_count(0)
    assert shop.admin.get(f"/admin/stores/{shop.store_id}/owners").json()["owners"] == []


def test_the_audit_log_is_filtered_and_paginated(stack: Stack, open_page: OpenPage) -> None:
    shop = Shop.open(stack, LINE, "foot", name="Shop with history")
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "INSERT INTO audit_log (action, subject_type, subject_id, store_id, after)"
            " SELECT 'store.change', 'store', %(store)s::uuid::text, %(store)s::uuid, jsonb_build_object('capacity', n)"
            " FROM generate_series(1, 60) n",
            {"store": str(shop.store_id)},
        )
    page = open_page(f"/stores/{shop.store_id}")
    page.get_by_test_id("store-audit").click()
    entries = page.get_by_test_id("audit-entry")
    expect(entries).to_have_count(50)
    expect(entries.first).to_contain_text("Shop with history")
    page.get_by_test_id("audit-earlier").click()
    expect(page.get_by_text("No earlier entries.")).to_be_visible()
    # The sixty changes, and the creation of the store, its camera and its key.
    expect(entries).to_have_count(63)
    entries.last.get_by_role("link", name="Store added").click()
    expect(entries).to_have_count(1)
    page.get_by_role("link", name=re.compile("Store Shop with history.*remove filter")).click()
    expect(page).to_have_url(f"{stack.urls.admin}/audit?action=store.create")
    page.get_by_test_id("audit-store").select_option(label="Shop with history")
    expect(entries).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_test_id("audit-export").click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert ",Store added," in lines[1]
    assert ",Shop with history," in lines[1]
