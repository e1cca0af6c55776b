"""The store page of the dashboard in Chromium on the running stack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from local.stack.stack import Stack
from tests.database import run_refresh_job
from tests.e2e.web.accessibility import violations_of
from tests.factories import Event, Minute, insert_events, insert_minutes
from tests.shop import PASSWORD, Shop

ENTRIES = 5
EXITS = 2


@dataclass(frozen=True)
class Visit:
    """A signed-in owner and the store of the tests."""

    browser: Browser
    address: str
    email: str
    session: StorageState
    hour: datetime
    """The last full hour, with ENTRIES and EXITS. The hour before has no data."""

    def page(self, width: int = 1280, height: int = 900) -> Page:
        """Open the store page in a new browser context."""
        page = self.browser.new_page(viewport={"width": width, "height": height}, storage_state=self.session)
        page.goto(self.address)
        page.get_by_test_id("tiles").wait_for()
        return page


@pytest.fixture(scope="module")
def visit(stack: Stack, browser: Browser) -> Visit:
    """A store with one hour of data, and its owner."""
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Corner shop")
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s",
            [hour - timedelta(days=1), shop.camera_id],
        )
        insert_minutes(
            connection,
            shop.store_id,
            shop.camera_id,
            [Minute(hour + timedelta(minutes=minute)) for minute in range(60)],
        )
        crossings = [Event(hour + timedelta(minutes=5 + index), "IN") for index in range(ENTRIES)]
        crossings += [Event(hour + timedelta(minutes=30 + index), "OUT") for index in range(EXITS)]
        insert_events(connection, shop.store_id, shop.camera_id, crossings)
        connection.execute(
            "UPDATE cameras SET last_seen_at = now(), delivered_until = now() WHERE id = %s", [shop.camera_id]
        )
        run_refresh_job(connection)
    address = f"{stack.urls.dashboard}/stores/{shop.store_id}"
    email = shop.add_owner(stack)
    page = browser.new_page()
    sign_in(page, address, email)
    page.get_by_test_id("tiles").wait_for()
    session = page.context.storage_state()
    page.close()
    return Visit(browser, address, email, session, hour)


def sign_in(page: Page, address: str, email: str) -> None:
    """Open an address and sign in."""
    page.goto(address)
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()


def test_signing_in_leads_to_the_requested_address(visit: Visit) -> None:
    page = visit.browser.new_page()
    sign_in(page, visit.address, visit.email)
    expect(page).to_have_url(visit.address)
    expect(page.get_by_test_id("store-name")).to_have_text("Corner shop")


def test_the_address_holds_the_state_and_back_restores_it(visit: Visit) -> None:
    page = visit.page()
    page.get_by_test_id("period-week").click()
    expect(page).to_have_url(f"{visit.address}?period=week")
    page.get_by_test_id("compare").click()
    page.get_by_test_id("compare-none").click()
    expect(page).to_have_url(f"{visit.address}?period=week&compare=none")
    page.get_by_test_id("previous-period").click()
    expect(page).to_have_url(re.compile(r"\?period=week&date=\d{4}-\d\d-\d\d&compare=none$"))
    name = page.get_by_test_id("period-name").inner_text()
    page.reload()
    expect(page.get_by_test_id("period-name")).to_have_text(name)
    for before in ("?period=week&compare=none", "?period=week", ""):
        page.go_back()
        expect(page).to_have_url(visit.address + before)
    expect(page.get_by_test_id("period-day")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("navigation", name="Period").locator("[aria-current]")).to_have_count(1)


def test_days_are_chosen_in_the_calendar_and_back_restores_the_page(visit: Visit) -> None:
    page = visit.page()
    page.get_by_test_id("date-picker").click()
    page.get_by_test_id("period-last28").click()
    expect(page).to_have_url(f"{visit.address}?period=last28")
    page.get_by_test_id("date-picker").click()
    page.get_by_role("button", name="Previous Month").click()
    days = page.get_by_test_id("calendar").get_by_role("gridcell").get_by_role("button")
    days.filter(has_text=re.compile("^10$")).click()
    days.filter(has_text=re.compile("^12$")).click()
    expect(page).to_have_url(re.compile(r"\?from=\d{4}-\d\d-10&to=\d{4}-\d\d-13$"))
    expect(page.get_by_test_id("period-name")).to_have_text(re.compile(r"^10–12 \w+ \d{4}$"))
    page.get_by_test_id("compare").click()
    page.get_by_test_id("match-date").click()
    expect(page).to_have_url(re.compile(r"-13&match=date$"))
    page.keyboard.press("t")
    expect(page).to_have_url(f"{visit.address}?match=date")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{visit.address}?period=last28")


def test_keyboard_shortcuts_change_the_period_the_date_and_the_comparison(visit: Visit) -> None:
    page = visit.page()
    page.keyboard.press("m")
    expect(page).to_have_url(f"{visit.address}?period=month")
    page.keyboard.press("x")
    expect(page).to_have_url(f"{visit.address}?period=month&compare=year")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"date=\d{4}-\d\d-01"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{visit.address}?period=month&compare=year")


def test_keyboard_shortcuts_ignore_inputs_and_modifiers(visit: Visit) -> None:
    page = visit.page()
    page.keyboard.press("Control+m")
    page.get_by_test_id("reset-open").click()
    page.get_by_test_id("reset-occupancy").press("m")
    page.get_by_test_id("reset-occupancy").press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("reset-occupancy")).to_have_count(0)
    assert page.url == visit.address


def test_the_arrow_keys_scroll_the_focused_heatmap_and_do_not_change_the_day(visit: Visit) -> None:
    page = visit.page(width=360, height=740)
    heatmap = page.locator("[data-slot=horizontal-scroll]").filter(has=page.get_by_test_id("heatmap"))
    heatmap.evaluate("element => { element.style.width = '40px'; }")  # it has few hours
    expect(heatmap).to_have_attribute("tabindex", "0")
    heatmap.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(heatmap).not_to_have_js_property("scrollLeft", 0)
    assert page.url == visit.address


def test_a_bar_leads_to_its_parts_down_to_the_quarter_hours_and_back(visit: Visit) -> None:
    page = visit.page()
    page.get_by_test_id("period-month").click()
    day = page.get_by_test_id("bar-link").filter(has_text=re.compile(rf"^\w+ \d+ \w+, {ENTRIES} visitors"))
    day.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?date=\d{4}-\d\d-\d\d$"))
    hour = page.get_by_test_id("bar-link").filter(has_text=re.compile(rf"^[\d:]+–[\d:]+, {ENTRIES} visitors"))
    hour.click()
    expect(page).to_have_url(re.compile(r"\?date=\d{4}-\d\d-\d\d&hour=\d\d%3A\d\d$"))
    quarters = page.get_by_test_id("quarter-table").get_by_role("row")
    expect(quarters).to_have_count(5)
    expect(quarters.nth(1)).to_contain_text(re.compile(rf"{ENTRIES}\s*0\s*Complete"))
    expect(quarters.nth(3)).to_contain_text(re.compile(rf"0\s*{EXITS}\s*Complete"))
    page.go_back()
    expect(page.get_by_test_id("bucket-table")).to_be_attached()
    page.go_back()
    expect(page).to_have_url(f"{visit.address}?period=month")


def test_an_hour_without_data_is_not_drawn_as_zero(visit: Visit) -> None:
    page = visit.page()
    bars = page.get_by_test_id("bar")
    counted = bars.and_(page.locator("[data-state=value]"))
    expect(counted).to_have_attribute("data-value", str(ENTRIES))
    unknown = bars.and_(page.locator("[data-state=no_data]"))
    expect(unknown.first).to_have_attribute("data-value", "")
    expect(unknown.first.locator("path")).to_have_count(0)
    page.get_by_test_id("table-toggle").click()
    expect(page.get_by_test_id("bucket-table").get_by_text("No data").first).to_be_visible()


def test_the_first_screen_has_the_sentence_and_the_whole_chart(visit: Visit) -> None:
    page = visit.page(width=1440, height=900)
    expect(page.get_by_test_id("summary")).to_have_text(re.compile(rf"^{ENTRIES} visitors by \d\d:\d\d.*; the busiest"))
    chart = page.get_by_test_id("bars").locator("svg").bounding_box()
    assert chart is not None
    assert chart["y"] + chart["height"] <= 900
    expect(page.get_by_test_id("occupancy-line")).to_be_visible()


def test_the_kpis_match_the_crossings(visit: Visit) -> None:
    page = visit.page()
    expect(page.get_by_test_id("tile-visitors-value")).to_have_text(str(ENTRIES))
    expect(page.get_by_test_id("live-visitors")).to_have_count(0)  # the tile shows the visitors of today
    expect(page.get_by_test_id("live-exits")).to_have_text(str(EXITS))
    page.get_by_test_id("period-week").click()
    expect(page.get_by_test_id("live-visitors")).to_have_text(str(ENTRIES))


def test_the_csv_has_the_hours_of_the_day(visit: Visit) -> None:
    page = visit.page()
    page.get_by_test_id("table-toggle").click()
    with page.expect_download() as download:
        page.get_by_test_id("csv").click()
    rows = download.value.path().read_text(encoding="utf-8").splitlines()
    assert [row for row in rows if f",{ENTRIES},{EXITS},value," in row] != []


def test_an_occupancy_correction_is_shown_immediately(visit: Visit) -> None:
    page = visit.page()
    page.get_by_test_id("reset-open").click()
    page.get_by_test_id("reset-occupancy").fill("19")
    page.get_by_test_id("reset-save").click()
    expect(page.get_by_test_id("live-occupancy")).to_have_text("19")


def test_earlier_data_stays_and_is_not_called_live_while_the_api_is_unreachable(visit: Visit) -> None:
    page = visit.page()
    page.route(re.compile(r"/live/"), lambda route: route.abort())
    expect(page.get_by_test_id("live-indicator")).to_contain_text("connection lost", timeout=20_000)
    expect(page.get_by_test_id("live-exits")).to_have_text(str(EXITS))


def test_a_phone_needs_no_horizontal_scrolling(visit: Visit) -> None:
    page = visit.page(width=360, height=740)
    for period in ("day", "week", "month", "quarter", "year"):
        page.get_by_test_id(f"period-{period}").click()
        expect(page.get_by_test_id(f"period-{period}")).to_have_attribute("aria-current", "page")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_has_no_errors_in_the_console(visit: Visit) -> None:
    page = visit.page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.reload()
    page.get_by_test_id("tiles").wait_for()
    page.get_by_test_id("period-month").click()
    expect(page.get_by_test_id("heatmap")).to_be_visible()
    assert errors == []


def test_the_quarter_hours_have_no_violations_of_accessibility(visit: Visit) -> None:
    page = visit.page()
    page.emulate_media(reduced_motion="reduce")
    page.get_by_test_id("bar-link").filter(has_text=re.compile(rf", {ENTRIES} visitors")).click()
    page.get_by_test_id("quarter-table").wait_for()
    assert violations_of(page) == []


def test_the_bars_start_at_the_hours_of_the_store(visit: Visit, stack: Stack) -> None:
    page = visit.page()
    start = page.get_by_test_id("bar").and_(page.locator("[data-state=value]")).get_attribute("data-start")
    assert start is not None
    assert datetime.fromisoformat(start).astimezone(ZoneInfo("UTC")) == visit.hour
