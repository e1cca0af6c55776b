"""Hourly rates and the peak hour count observed time only."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from functions.api.kpi.buckets import (
    BucketCounts,
    CountingPeriod,
    ObservedBucket,
    PendingCriteria,
    build_observed_buckets,
)
from functions.api.kpi.hourly_rates import HourlyRate, HourOfDayRate, find_peak_hour, hourly_rates
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import QUARTER, Window
from tests.unit.functions.api.kpi.visits import CAMERA

KATHMANDU = StoreClock(ZoneInfo("Asia/Kathmandu"))
MONDAY = Window(datetime(2026, 11, 15, 18, 15, tzinfo=UTC), datetime(2026, 11, 16, 18, 15, tzinfo=UTC))


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
