"""The predicted hours of a forecast on the clock of a store."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.api.kpi.forecast import ForecastModel, Prediction, fit_forecast
from functions.api.kpi.opening_hours import OpeningHoursHistory, parse_opening_hours
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from functions.api.services.forecast import expected_before, predict_open_hours
from functions.api.services.store_settings import StoreSettings

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def constant_forecast(today: date, without_hour: int | None = None) -> ForecastModel:
    """Forty visitors in every hour of ten weeks."""
    observed = [hour for hour in range(24) if hour != without_hour]
    history = {(today - timedelta(days=back), hour): 40 for back in range(1, 71) for hour in observed}
    model = fit_forecast(history, today, {}, {})
    assert model is not None
    return model


def settings(zone: str, day_start: time, opens: str, closes: str) -> StoreSettings:
    hours = parse_opening_hours({day: [[opens, closes]] for day in WEEKDAYS})
    clock = StoreClock(ZoneInfo(zone), day_start)
    return StoreSettings(clock, OpeningHoursHistory(clock, hours))


def visitors(hours: list[tuple[Window, Prediction | None]]) -> list[float | None]:
    return [expected.visitors if expected else None for _, expected in hours]


def test_the_first_and_the_last_hour_are_predicted_for_the_part_within_the_forecast() -> None:
    now = datetime(2026, 11, 18, 12, 45, tzinfo=UTC)
    hours = predict_open_hours(constant_forecast(now.date()), settings("UTC", time(10, 30), "10:00", "13:00"), now)
    assert hours[0][0] == Window(now, datetime(2026, 11, 18, 13, tzinfo=UTC))
    assert hours[-1][0].end == datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
    assert visitors(hours) == pytest.approx([10.0, *[40.0] * (len(hours) - 2), 20.0])


def test_an_hour_that_is_usually_open_in_part_is_predicted_for_that_part() -> None:
    now = datetime(2026, 11, 18, 8, tzinfo=UTC)
    hours = predict_open_hours(constant_forecast(now.date()), settings("UTC", time(0), "09:30", "12:00"), now)
    assert visitors(hours[:3]) == pytest.approx([40, 40, 40])


def test_a_store_that_closes_within_an_hour_of_ninety_minutes_has_a_forecast() -> None:
    zone = "Australia/Lord_Howe"  # at 2:00 on the 5th the clocks go back to 1:30
    now = datetime(2026, 4, 4, 12, tzinfo=ZoneInfo(zone))
    hours = predict_open_hours(constant_forecast(now.date()), settings(zone, time(4), "20:00", "01:15"), now)
    one = datetime(2026, 4, 5, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert visitors([(hour, expected) for hour, expected in hours if hour.start == one]) == pytest.approx([40])


def test_an_hour_without_prediction_makes_the_rest_of_the_day_unknown_instead_of_less() -> None:
    now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    model = constant_forecast(now.date(), without_hour=11)
    hours = predict_open_hours(model, settings("UTC", time(0), "09:00", "12:00"), now)
    assert visitors(hours[:3]) == pytest.approx([40, 40, None])
    assert expected_before(now + timedelta(hours=2), hours) == pytest.approx(80)
    assert expected_before(now + timedelta(hours=15), hours) is None
    assert expected_before(now, hours) == 0


def test_the_whole_hours_of_a_window_extend_beyond_its_ends() -> None:
    clock = StoreClock(ZoneInfo("Asia/Kathmandu"))
    window = Window(
        datetime(2026, 6, 1, 9, 7, tzinfo=clock.initial_zone), datetime(2026, 6, 1, 11, 0, tzinfo=clock.initial_zone)
    )
    hours = [(clock.local(hour.start).hour, hour.seconds) for hour in clock.whole_hours(window)]
    assert hours == [(9, 3600), (10, 3600)]
