"""The page of a store prints on one page of A4, in light colours, without what cannot be used on paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.database import run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes
from tests.shop import PASSWORD, Shop

DAYS = 10
PERIODS = ("day", "week", "month", "quarter", "year", "last7", "last28")
ANNOTATIONS = """
INSERT INTO special_days (store_id, day, note)
SELECT %s, day::date, 'Sale in the whole street, with other opening hours of the shops around'
FROM generate_series(now() - interval '400 days', now(), interval '10 days') day
"""
BACKGROUND = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}"""


@pytest.fixture(scope="module")
def page(stack: Stack, browser: Browser) -> Page:
    """The page of a store with a long name, many notes and ten days of visitors, in dark mode."""
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Corner shop with a long name at the central station")
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    start = now - timedelta(days=DAYS)
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s", [start, shop.camera_id]
        )
        minutes = [Minute(start + n * timedelta(minutes=1)) for n in range(DAYS * 24 * 60)]
        insert_minutes(connection, shop.store_id, shop.camera_id, minutes)
        visits = [start + n * timedelta(minutes=7) for n in range(DAYS * 24 * 8)]
        crossings = [Event(at, "IN") for at in visits] + [Event(at + timedelta(minutes=5), "OUT") for at in visits]
        insert_events(connection, shop.store_id, shop.camera_id, crossings)
        connection.execute(ANNOTATIONS, [shop.store_id])
        connection.execute(
            "UPDATE cameras SET last_seen_at = now(), delivered_until = now() WHERE id = %s", [shop.camera_id]
        )
        run_refresh_job(connection)
    page = browser.new_page(color_scheme="dark", reduced_motion="reduce")
    page.goto(f"{stack.urls.dashboard}/stores/{shop.store_id}")
    page.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("tiles").wait_for()
    return page


def show(page: Page, search: str) -> None:
    """Open a period of the store and wait for its chart."""
    page.goto(page.url.partition("?")[0] + search)
    page.get_by_test_id("store-name").wait_for()
    page.get_by_test_id("bars").locator("svg").wait_for()


def pages_of(pdf: bytes) -> int:
    """Return the number of pages of a PDF that Chromium wrote."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("width", [360, 1440])
def test_every_period_is_on_one_page(page: Page, period: str, width: int, tmp_path: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    show(page, f"?period={period}")
    assert pages_of(page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)) == 1


def test_the_quarter_hours_of_an_hour_are_on_one_page(page: Page) -> None:
    show(page, f"?date={(datetime.now(UTC) - timedelta(days=2)).date()}&hour=12%3A00")
    page.get_by_test_id("quarter-table").wait_for()
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1


def test_the_page_on_paper_is_light_and_has_nothing_to_click(page: Page) -> None:
    page.set_viewport_size({"width": 703, "height": 1032})  # A4 without the margins of 12 mm, in CSS pixels
    show(page, "?period=last7")
    page.get_by_test_id("table-toggle").click()
    assert page.evaluate(BACKGROUND) != [255, 255, 255, 255]
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    try:
        assert page.evaluate(BACKGROUND) == [255, 255, 255, 255]
        for shown in ("store-name", "period-name", "summary", "tiles", "bars", "printed-at"):
            expect(page.get_by_test_id(shown)).to_be_visible()
        expect(page.get_by_test_id("printed-at")).to_contain_text(str(datetime.now(UTC).year))
        for role in ("button", "navigation", "banner"):
            expect(page.get_by_role(role)).to_have_count(0)
        expect(page.get_by_test_id("bucket-table")).to_be_hidden()
        expect(page.get_by_test_id("annotations")).to_be_visible()
        tiles = page.get_by_test_id("tiles").locator("> *")
        assert len({box["y"] for box in (tile.bounding_box() for tile in tiles.all()) if box}) == 1
        chart = page.get_by_test_id("bars").locator("svg")
        text_height = chart.locator("text").first.evaluate("text => text.getBoundingClientRect().height")
        assert text_height >= 11  # more than 8 points
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 703
    finally:
        page.emulate_media(media="screen")


def test_the_time_of_printing_is_that_of_the_last_time(page: Page) -> None:
    page.clock.install(time=datetime(2026, 1, 31, 10, 0, tzinfo=UTC))
    show(page, "")
    page.clock.set_fixed_time(datetime(2026, 2, 10, 12, 30, tzinfo=UTC))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_test_id("printed-at")).to_have_text(re.compile(r"^Printed on 1[01] February 2026, "))
