"""The store page after the counting line of a camera has changed: from the admin and the box to the page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
from playwright.sync_api import Browser, expect

from local.stack.stack import Stack
from tests.database import run_refresh_job
from tests.factories import Event, insert_events
from tests.shop import PASSWORD, Shop


def test_the_page_says_in_which_hour_the_line_changed(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Moved line")
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s", [hour, shop.camera_id]
        )
        line = f"/admin/cameras/{shop.camera_id}/line"
        for first, last in ((0, 20), (20, 60)):
            report_minutes(stack, shop, hour, range(first, last))
            assert shop.admin.put(line, json={"line": [0.1, 0.7, 0.9, 0.7]}).is_success
        insert_events(connection, shop.store_id, shop.camera_id, [Event(hour + timedelta(minutes=5)) for _ in range(4)])
        run_refresh_job(connection)

    errors: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{stack.urls.dashboard}/stores/{shop.store_id}")
    page.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    expect(page.get_by_test_id("tile-visitors-value")).to_have_text("4")
    page.get_by_test_id("table-toggle").click()
    changed = page.get_by_test_id("bucket-table").get_by_role("row").filter(has_text="The counting line changed")
    expect(changed).to_have_count(1)
    expect(changed.get_by_role("cell").first).to_have_text("4")
    assert errors == []


def report_minutes(stack: Stack, shop: Shop, hour: datetime, minutes: range) -> None:
    """Fetch the config of the camera and report minutes with the version of its line, as an edge box does."""
    camera = f"{stack.urls.api}/cameras/{shop.camera_id}"
    headers = {"X-Worker-Key": shop.worker_key}
    config = httpx.get(f"{camera}/config", headers=headers, timeout=30).json()
    frames = {"frames": 600, "dropped": 0, "fps": 10.0, "reconnects": 0, "line_version": config["line_version"]}
    heartbeat: dict[str, Any] = {
        "sent_at": datetime.now(UTC).isoformat(),
        "backlog": 0,
        "totals": {"in": 0, "out": 0},
        "minutes": [{"minute": (hour + timedelta(minutes=minute)).isoformat(), **frames} for minute in minutes],
    }
    answer = httpx.post(f"{camera}/heartbeat", headers=headers, json=heartbeat, timeout=30)
    assert (answer.status_code, answer.json()["rejected"]) == (200, [])
