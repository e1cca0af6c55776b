"""The KPIs of several store-days together."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from functions.api.kpi.enums import DwellMethod
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.period_kpis import PeriodKpis, StoreDayBuckets, compute_period_kpis
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from tests.unit.functions.api.kpi.visits import (
    DAY,
    LATER,
    Visit,
    at,
    bucket_counts,
    buckets_of_visits,
    observed_buckets,
    visits,
)

UTC_CLOCK = StoreClock(ZoneInfo("UTC"))
TODAY = DAY.start.date()


def day(people: list[Visit], until: float = DAY.seconds) -> StoreDayBuckets:
    """The buckets of a store-day up to a second of it."""
    is_whole = until == DAY.seconds
    window = Window(DAY.start, at(until))
    return StoreDayBuckets(
        TODAY, tuple(buckets_of_visits(people, window, now=LATER if is_whole else at(until))), (), is_whole
    )


def kpis_of(*days: StoreDayBuckets) -> PeriodKpis:
    return compute_period_kpis(days, UTC_CLOCK, LATER)


@given(visits().filter(bool))
def test_the_kpis_of_a_complete_day_are_those_of_its_visits(people: list[Visit]) -> None:
    kpis = kpis_of(day(people))
    stayed = sum(visit.left - visit.came for visit in people)
    assert (kpis.visitors, kpis.exits, kpis.balance) == (len(people), len(people), 1)
    assert kpis.dwell.method is DwellMethod.COMPLETE
    assert kpis.dwell.seconds == pytest.approx(stayed / len(people), abs=1e-6)
    assert kpis.occupancy_average == pytest.approx(stayed / DAY.seconds, abs=1e-9)
    assert kpis.quality.coverage == 1


def test_dwell_of_a_week_in_progress_is_that_of_its_complete_days() -> None:
    long, short = [Visit(32_400, 36_000)] * 3, [Visit(32_400, 33_000)]
    kpis = kpis_of(day(long), day(short), day([Visit(3_600, 80_000)], until=7_200))
    assert kpis.dwell.method is DwellMethod.COMPLETE
    assert kpis.dwell.seconds == pytest.approx((3 * 3_600 + 600) / 4)
    assert kpis.visitors == 5
    assert kpis.balance == 1  # of the complete days: the exit of the person inside is not missing


def test_on_the_first_day_dwell_is_so_far() -> None:
    kpis = kpis_of(day([Visit(3_600, 80_000)], until=7_200))
    assert kpis.dwell.method is DwellMethod.SO_FAR
    assert kpis.dwell.seconds == pytest.approx(3_600)
    assert kpis.balance == 0


def test_balance_shows_which_direction_is_missed() -> None:
    chance = random.Random(5)  # noqa: S311 - a simulation
    people = [Visit(came, came + 900) for came in (chance.uniform(30_000, 60_000) for _ in range(2_000))]
    outs = [visit.left for visit in people if chance.random() < 0.8]
    buckets = tuple(observed_buckets(bucket_counts([visit.came for visit in people], outs)))
    kpis = kpis_of(StoreDayBuckets(TODAY, buckets, (), is_whole=True))
    assert kpis.balance == pytest.approx(0.8, abs=0.03)
    assert kpis.dwell.seconds == pytest.approx(900, rel=0.35)
    assert kpis.occupancy_average == pytest.approx(900 * 2_000 / DAY.seconds, rel=0.35)


def test_without_data_there_are_no_numbers() -> None:
    kpis = kpis_of()
    assert (kpis.visitors, kpis.exits, kpis.balance, kpis.dwell.seconds) == (None, None, None, None)
    assert (kpis.occupancy_average, kpis.occupancy_peak, kpis.peak_hour) == (None, None, None)


def test_a_reset_changes_the_curve_of_its_own_day_only() -> None:
    noon = at(43_200)
    people = [Visit(32_400, 50_000)]
    buckets = tuple(buckets_of_visits(people, split_at=[noon]))
    corrected = StoreDayBuckets(TODAY, buckets, (Reset(noon, 5),), is_whole=True)
    kpis = kpis_of(corrected, day(people))
    assert kpis.occupancy_peak == 5
    after = [segment for segment in kpis.segments if segment.bucket.start >= noon]
    assert after[0].at_start == 5
    assert kpis.segments[len(buckets)].at_start == 0


def test_a_day_that_is_over_but_not_delivered_is_not_reconciled() -> None:
    undelivered = observed_buckets(bucket_counts([32_400] * 4, [36_000] * 3), now=DAY.end - timedelta(hours=1))
    kpis = kpis_of(StoreDayBuckets(TODAY, tuple(undelivered), (), is_whole=True))
    assert kpis.dwell.method is DwellMethod.SO_FAR
    assert kpis.segments[-1].at_end == 1
