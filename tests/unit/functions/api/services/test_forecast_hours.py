"""The hours of a forecast on the clock of a store."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.api.kpi.forecast import Expected, Outlook, outlook
from functions.api.kpi.opening import parse_opening_hours
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window
from functions.api.services.forecast import expected_before, hours_ahead
from functions.api.services.settings_of_store import StoreTime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def usual(today: date, without_hour: int | None = None) -> Outlook:
    """Forty visitors in every hour of ten weeks."""
    observed = [hour for hour in range(24) if hour != without_hour]
    history = {(today - timedelta(days=back), hour): 40 for back in range(1, 71) for hour in observed}
    found = outlook(history, today, {})
    assert found is not None
    return found


def store(zone: str, day_start: time, opens: str, closes: str) -> StoreTime:
    hours = parse_opening_hours({day: [[opens, closes]] for day in WEEKDAYS})
    return StoreTime(StoreClock(ZoneInfo(zone), day_start), hours)


def visitors(hours: list[tuple[Window, Expected | None]]) -> list[float | None]:
    return [expected.visitors if expected else None for _, expected in hours]


def test_the_hour_in_progress_and_the_one_that_the_last_day_cuts_are_forecast_as_far_as_they_go() -> None:
    now = datetime(2026, 11, 18, 12, 45, tzinfo=UTC)
    hours = hours_ahead(usual(now.date()), store("UTC", time(10, 30), "10:00", "13:00"), now)
    assert hours[0][0] == Window(now, datetime(2026, 11, 18, 13, tzinfo=UTC))
    assert hours[-1][0].end == datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
    assert visitors(hours) == pytest.approx([10.0, *[40.0] * (len(hours) - 2), 20.0])


def test_an_hour_that_opens_in_part_is_what_is_usual_for_that_part() -> None:
    now = datetime(2026, 11, 18, 8, tzinfo=UTC)
    hours = hours_ahead(usual(now.date()), store("UTC", time(0), "09:30", "12:00"), now)
    assert visitors(hours[:3]) == pytest.approx([40, 40, 40])


def test_a_store_that_closes_within_an_hour_of_ninety_minutes_has_a_forecast() -> None:
    zone = "Australia/Lord_Howe"  # at 2:00 on the 5th the clocks go back to 1:30
    now = datetime(2026, 4, 4, 12, tzinfo=ZoneInfo(zone))
    hours = hours_ahead(usual(now.date()), store(zone, time(4), "20:00", "01:15"), now)
    one = datetime(2026, 4, 5, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert visitors([(hour, expected) for hour, expected in hours if hour.start == one]) == pytest.approx([40])


def test_an_hour_of_the_week_that_was_never_observed_makes_the_rest_of_the_day_unknown_and_not_less() -> None:
    now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    found = usual(now.date(), without_hour=11)
    hours = hours_ahead(found, store("UTC", time(0), "09:00", "12:00"), now)
    assert visitors(hours[:3]) == pytest.approx([40, 40, None])
    assert expected_before(now + timedelta(hours=2), hours) == pytest.approx(80)
    assert expected_before(now + timedelta(hours=15), hours) is None
    assert expected_before(now, hours) == 0


def test_the_whole_hours_of_a_window_reach_over_its_ends() -> None:
    clock = StoreClock(ZoneInfo("Asia/Kathmandu"))
    window = Window(datetime(2026, 6, 1, 9, 7, tzinfo=clock.zone), datetime(2026, 6, 1, 11, 0, tzinfo=clock.zone))
    hours = [(clock.local(hour.start).hour, hour.seconds) for hour in clock.whole_hours(window)]
    assert hours == [(9, 3600), (10, 3600)]
