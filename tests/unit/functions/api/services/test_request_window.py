"""The dates and times of a request become a window, or an error that names the parameter."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from functions.api.kpi.enums import Interval, Period
from functions.api.kpi.periods import StoreDays
from functions.api.kpi.store_clock import StoreClock
from functions.api.services.request_window import RequestedPeriod, parse_time, parse_window, resolve_period
from functions.common.problems import Invalid

CLOCK = StoreClock(ZoneInfo("Pacific/Auckland"), time(4))
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-19T15:00:00+00:00"),
        ("2026-11-20T09:15", "2026-11-19T20:15:00+00:00"),
        ("2026-11-20 09:15", "2026-11-19T20:15:00+00:00"),
        ("2026-11-20T09:15:00+13:00", "2026-11-19T20:15:00+00:00"),
        ("2026-11-20 09:15 13:00", "2026-11-19T20:15:00+00:00"),
        ("2026-11-20T09:15:00 13:00", "2026-11-19T20:15:00+00:00"),
        ("2026-11-20T09:15:00Z", "2026-11-20T09:15:00+00:00"),
    ],
)
def test_a_date_is_the_start_of_its_store_day_and_a_time_without_offset_is_local(text: str, expected: str) -> None:
    assert parse_time(text, "from", CLOCK).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-13-01", "2026-11-31", "20:00", "2026-11-20T25:00", "20261120", "2026-W47-5", "١٢٣٤-١١-٢٠"],
)
def test_a_text_that_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_time(text, "from", CLOCK)
    assert refused.value.errors[0]["loc"] == ["query", "from"]
    assert "2026-11-01" in refused.value.errors[0]["message"]


@pytest.mark.parametrize(
    ("since", "until", "interval", "field", "slug"),
    [
        ("2026-11-20", "2026-11-20", Interval.HOUR, "to", "not_after_from"),
        ("2026-11-20", "2026-11-19", Interval.HOUR, "to", "not_after_from"),
        ("2026-11-23", "2026-11-24", Interval.HOUR, "from", "future_date"),
        ("2026-10-01", "2026-11-02", Interval.QUARTER, "to", "window_too_long"),
        ("1999-12-31", "2026-11-02", Interval.DAY, "from", "out_of_range"),
        ("0001-01-01", "2026-11-02", Interval.DAY, "from", "out_of_range"),
        ("2026-11-20", "9999-12-31T23:59:59", Interval.DAY, "to", "out_of_range"),
        ("2025-06-01T09:10", "2025-06-02", Interval.HOUR, "from", "not_on_a_quarter_hour"),
        ("2025-06-01", "2025-06-02T09:10", Interval.HOUR, "to", "not_on_a_quarter_hour"),
    ],
)
def test_an_invalid_window_is_refused_with_the_parameter(
    since: str, until: str, interval: Interval, field: str, slug: str
) -> None:
    with pytest.raises(Invalid) as refused:
        parse_window(since, until, interval, CLOCK, NOW)
    assert [(error["loc"], error["type"]) for error in refused.value.errors] == [(["query", field], slug)]


@pytest.mark.parametrize("interval", Interval)
def test_the_error_of_a_long_window_names_the_limit(interval: Interval) -> None:
    with pytest.raises(Invalid) as refused:
        parse_window("2001-01-01", "2026-11-22", interval, CLOCK, NOW)
    assert f"{interval.limit_days} days" in refused.value.errors[0]["message"]


def test_the_longest_window_may_contain_a_day_of_25_hours() -> None:
    window = parse_window("2026-03-15", "2026-04-15", Interval.QUARTER, CLOCK, NOW)
    assert window.seconds == (31 * 24 + 1) * 3600


def test_a_window_may_end_in_the_future() -> None:
    assert parse_window("2026-11-20", "2026-12-01", Interval.DAY, CLOCK, NOW).end > NOW


TODAY = date(2026, 11, 22)
MONDAY = 1


def test_the_default_is_the_day_in_progress() -> None:
    assert resolve_period(RequestedPeriod(), TODAY, MONDAY) == (StoreDays(Period.DAY, TODAY, TODAY), TODAY)


def test_a_range_is_half_open_and_may_end_in_the_future() -> None:
    first, end = date(2026, 11, 10), date(2026, 12, 1)
    expected = StoreDays(Period.RANGE, first, date(2026, 11, 30)), first
    assert resolve_period(RequestedPeriod(since=first, until=end), TODAY, MONDAY) == expected
    assert resolve_period(RequestedPeriod(Period.RANGE, None, first, end), TODAY, MONDAY) == expected


@pytest.mark.parametrize(
    ("requested", "field", "slug"),
    [
        (RequestedPeriod(day=date(2026, 11, 23)), "date", "future_date"),
        (RequestedPeriod(day=date.max), "date", "future_date"),
        (RequestedPeriod(day=date.min), "date", "too_early"),
        (RequestedPeriod(Period.RANGE), "from", "missing"),
        (RequestedPeriod(since=TODAY), "to", "missing"),
        (RequestedPeriod(until=TODAY), "from", "missing"),
        (RequestedPeriod(Period.WEEK, since=date(2026, 11, 1), until=TODAY), "period", "not_with_range"),
        (RequestedPeriod(None, TODAY, date(2026, 11, 1), TODAY), "date", "not_with_range"),
        (RequestedPeriod(Period.RANGE, TODAY), "date", "not_with_range"),
        (RequestedPeriod(since=TODAY, until=TODAY), "to", "not_after_from"),
        (RequestedPeriod(since=date(2026, 11, 23), until=date(2026, 11, 24)), "from", "future_date"),
        (RequestedPeriod(since=date(1999, 12, 31), until=date(2000, 1, 2)), "from", "too_early"),
        (RequestedPeriod(since=date(2025, 11, 21), until=date(2026, 11, 23)), "to", "range_too_long"),
    ],
)
def test_a_period_that_cannot_be_shown_is_refused_with_its_parameter(
    requested: RequestedPeriod, field: str, slug: str
) -> None:
    with pytest.raises(Invalid) as refused:
        resolve_period(requested, TODAY, MONDAY)
    error = refused.value.errors[0]
    assert (error["loc"], error["type"]) == (["query", field], slug)
