"""The forecast and the unusual hours of the dashboard in Chromium, from three weeks of data."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.database import run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes
from tests.shop import PASSWORD, Shop

DAYS = 21
OPENS, CLOSES = 9, 12  # local time of the store, where it is about noon now
USUAL = 6
UNUSUAL = 60


@pytest.fixture(scope="module")
def page(stack: Stack, browser: Browser) -> Page:
    """The page of a store with USUAL visitors in each open hour, but UNUSUAL in one hour of yesterday."""
    hours = {day: [["09:00", "12:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Shop with a forecast", opening_hours=hours)
    store = shop.admin.get(f"/admin/stores/{shop.store_id}").json()
    noon = datetime.now(ZoneInfo(store["timezone"])).replace(hour=12, minute=0, second=0, microsecond=0)
    open_hours = [
        noon - timedelta(days=day, hours=12 - hour) for day in range(1, DAYS) for hour in range(OPENS, CLOSES)
    ]
    unusual = noon - timedelta(days=1, hours=12 - OPENS)
    crossings = [
        Event(hour + timedelta(seconds=30 * index))
        for hour in open_hours
        for index in range(UNUSUAL if hour == unusual else USUAL)
    ]
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s",
            [noon - timedelta(days=DAYS + 1), shop.camera_id],
        )
        minutes = [Minute(hour + timedelta(minutes=minute)) for hour in open_hours for minute in range(60)]
        insert_minutes(connection, shop.store_id, shop.camera_id, minutes)
        insert_events(connection, shop.store_id, shop.camera_id, crossings)
        connection.execute(
            "UPDATE cameras SET last_seen_at = now(), delivered_until = now() WHERE id = %s", [shop.camera_id]
        )
        run_refresh_job(connection)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{stack.urls.dashboard}/stores/{shop.store_id}")
    page.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("forecast-bars").wait_for()
    return page


def test_the_forecast_shows_the_hours_of_the_next_days_with_their_ranges(page: Page) -> None:
    days = page.get_by_test_id("forecast-day")
    expect(days.filter(has_not_text="Rest of today")).to_have_count(7)
    day = days.last
    day.click()
    expect(day).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("forecast-bars").get_by_test_id("expected")).to_have_count(CLOSES - OPENS)
    expect(page.get_by_test_id("forecast-summary")).to_contain_text(re.compile(r"about \d+ expected \(\d+–\d+\)"))
    page.get_by_test_id("forecast-table").locator("xpath=..").get_by_text("Show table").click()
    expect(page.get_by_test_id("forecast-table").get_by_role("rowheader")).to_have_text(
        ["09:00–10:00", "10:00–11:00", "11:00–12:00"]
    )


def test_an_unusual_hour_is_listed_and_links_to_its_day(page: Page) -> None:
    anomaly = page.get_by_test_id("anomaly")
    expect(anomaly).to_contain_text(f"{UNUSUAL} visitors")
    expect(anomaly).to_contain_text("More than usual")
    anomaly.get_by_role("link", name=re.compile("09:00–10:00")).click()
    expect(page).to_have_url(re.compile(r"\?date=\d{4}-\d\d-\d\d$"))
    expect(page.get_by_test_id("tile-visitors-value")).to_have_text(str(UNUSUAL + USUAL * (CLOSES - OPENS - 1)))
