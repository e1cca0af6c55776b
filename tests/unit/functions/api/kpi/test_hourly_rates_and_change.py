"""HourOfDayRate hours count observed time only; changes compare_values like with like."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.api.kpi.buckets import (
    BucketCounts,
    CountingPeriod,
    ObservedBucket,
    PendingCriteria,
    build_observed_buckets,
)
from functions.api.kpi.change import ComparedValue, DataQuality, compare_values
from functions.api.kpi.enums import Note
from functions.api.kpi.hourly_rates import HourlyRate, HourOfDayRate, find_peak_hour, hourly_rates
from functions.api.kpi.window import QUARTER, Window
from tests.unit.functions.api.kpi.visits import CAMERA

KATHMANDU = ZoneInfo("Asia/Kathmandu")
MONDAY = Window(datetime(2026, 11, 15, 18, 15, tzinfo=UTC), datetime(2026, 11, 16, 18, 15, tzinfo=UTC))
GOOD = DataQuality(1.0)


def day_of(ins: dict[datetime, int], minutes: dict[datetime, int]) -> list[ObservedBucket]:
    return build_observed_buckets(
        window=MONDAY,
        split_at=(),
        counts=[BucketCounts(start, start + QUARTER, count) for start, count in ins.items()],
        observed_minutes=minutes,
        counting_periods=[CountingPeriod(CAMERA, MONDAY.start - timedelta(days=1), None, MONDAY.end)],
        open_windows=[MONDAY],
        pending=PendingCriteria(MONDAY.end, MONDAY.start - timedelta(days=30)),
    )


def quarters(hour: int, minutes: int = 15) -> dict[datetime, int]:
    return {MONDAY.start + timedelta(hours=hour) + i * QUARTER: minutes for i in range(4)}


def test_the_peak_is_per_observed_hour_on_the_wall_clock() -> None:
    # 09:00: 12 visitors in one hour. 10:00: 8 visitors in the half hour that was observed = 16 an hour.
    buckets = day_of(
        {MONDAY.start + timedelta(hours=9): 12, MONDAY.start + timedelta(hours=10): 8},
        quarters(9) | dict(list(quarters(10).items())[:2]),
    )
    rates = hourly_rates(buckets, KATHMANDU)
    assert rates == {(1, 9): HourlyRate(12, 1.0), (1, 10): HourlyRate(8, 0.5)}
    assert find_peak_hour(rates) == HourOfDayRate(10, 16.0)


def test_a_minute_of_observation_is_no_peak() -> None:
    buckets = day_of(
        {MONDAY.start + timedelta(hours=9): 12, MONDAY.start + timedelta(hours=10): 3},
        quarters(9) | {MONDAY.start + timedelta(hours=10): 1},
    )
    assert find_peak_hour(hourly_rates(buckets, KATHMANDU)) == HourOfDayRate(9, 12.0)


def test_hours_that_were_not_observed_have_no_rate() -> None:
    assert hourly_rates(day_of({MONDAY.start: 5}, {}), KATHMANDU) == {}
    assert find_peak_hour({}) is None


def test_no_visitors_make_no_peak() -> None:
    assert find_peak_hour(hourly_rates(day_of({}, quarters(9)), KATHMANDU)) is None


def test_a_change_is_relative_to_its_baseline() -> None:
    assert compare_values(125, GOOD, 100, GOOD) == ComparedValue(125, 100, 0.25, None)


def test_a_baseline_of_zero_gives_no_change() -> None:
    assert compare_values(110, GOOD, 0, GOOD) == ComparedValue(110, 0, None, None)


@pytest.mark.parametrize(
    ("value", "quality", "baseline", "baseline_quality", "note"),
    [
        (None, DataQuality(0.0), 100, GOOD, Note.NOT_OBSERVED),
        (50, DataQuality(0.5), 100, GOOD, Note.PARTIALLY_OBSERVED),
        (50, DataQuality(1.0, overdue_s=7200), 100, GOOD, Note.PENDING),
        (50, GOOD, None, DataQuality(0.0), Note.BASELINE_NOT_OBSERVED),
        (50, GOOD, 100, DataQuality(0.4), Note.BASELINE_PARTIALLY_OBSERVED),
        (50, GOOD, 100, DataQuality(1.0, overdue_s=7200), Note.BASELINE_PARTIALLY_OBSERVED),
    ],
)
def test_without_enough_data_there_is_no_change_and_both_numbers_are_given(
    value: float | None, quality: DataQuality, baseline: float | None, baseline_quality: DataQuality, note: Note
) -> None:
    assert compare_values(value, quality, baseline, baseline_quality) == ComparedValue(value, baseline, None, note)


def test_one_overdue_quarter_hour_does_not_prevent_a_comparison() -> None:
    assert compare_values(2, DataQuality(1.0, overdue_s=900), 1, GOOD).change == 1


def test_a_closed_day_is_not_partially_observed() -> None:
    assert compare_values(0, DataQuality(None), 4, GOOD) == ComparedValue(0, 4, -1, None)


def test_without_a_comparison_there_is_only_the_value() -> None:
    assert compare_values(3, GOOD) == ComparedValue(3, None, None, None)
