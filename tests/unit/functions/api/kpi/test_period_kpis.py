"""The KPIs of several store-days together."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.buckets import CountingPeriod, ObservedBucket, PendingCriteria, build_observed_buckets
from functions.api.kpi.coverage import bucket_note, bucket_state, coverage, visitors_and_exits
from functions.api.kpi.day_kpis import DayKpis, HourlyRates
from functions.api.kpi.enums import DwellMethod
from functions.api.kpi.hourly_rates import HourOfDayRate, find_peak_hour
from functions.api.kpi.occupancy import OccupancySegment, Reset, occupancy_curve
from functions.api.kpi.period_kpis import PeriodKpis, combine_hourly_rates, compute_period_kpis, period_state
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.store_day import StoreDayBuckets, compute_day_kpis, compute_hourly_rates
from functions.api.kpi.window import QUARTER, Window
from tests.unit.functions.api.kpi.visits import (
    CAMERA,
    DAY,
    LATER,
    Visit,
    at,
    bucket_counts,
    buckets_of_visits,
    observed_buckets,
    observed_everywhere,
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
    return compute_period_kpis([compute_day_kpis(each, LATER) for each in days])


def curve_of(each: StoreDayBuckets) -> list[OccupancySegment]:
    return occupancy_curve(each.buckets, each.all_resets, reconcile=each.is_complete)


def rates_of(*days: StoreDayBuckets) -> HourlyRates:
    return combine_hourly_rates(compute_hourly_rates(each, UTC_CLOCK) for each in days)


def peak_of(*days: StoreDayBuckets) -> HourOfDayRate | None:
    return find_peak_hour(rates_of(*days))


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
    assert (kpis.occupancy_average, kpis.occupancy_peak, peak_of()) == (None, None, None)


def test_a_reset_changes_the_curve_of_its_own_day_only() -> None:
    noon = at(43_200)
    people = [Visit(32_400, 50_000)]
    buckets = tuple(buckets_of_visits(people, split_at=[noon]))
    corrected = StoreDayBuckets(TODAY, buckets, (Reset(noon, 5),), is_whole=True)
    kpis = kpis_of(corrected, day(people))
    assert kpis.occupancy_peak == 5
    after = [segment for segment in curve_of(corrected) if segment.bucket.start >= noon]
    assert after[0].at_start == 5
    assert curve_of(day(people))[0].at_start == 0


def test_a_day_that_is_over_but_not_delivered_is_not_reconciled() -> None:
    undelivered = observed_buckets(bucket_counts([32_400] * 4, [36_000] * 3), now=DAY.end - timedelta(hours=1))
    kpis = kpis_of(StoreDayBuckets(TODAY, tuple(undelivered), (), is_whole=True))
    assert kpis.dwell.method is DwellMethod.SO_FAR
    assert kpis.occupancy_end == 1


def crossing_day(ins: list[float], outs: list[float], until: float, after_closing: list[Window]) -> StoreDayBuckets:
    window = Window(DAY.start, at(until))
    buckets = tuple(observed_buckets(bucket_counts(ins, outs, window), window, now=at(until)))
    return StoreDayBuckets(TODAY, buckets, (), until == DAY.seconds, tuple(after_closing))


def test_the_residual_is_what_the_raw_counts_leave_when_the_occupancy_has_ended() -> None:
    evening = [Window(at(72_000), DAY.end)]  # closed at 20:00
    ins, outs = [32_400.0] * 10, [28_800.0] * 3 + [36_000.0] * 9
    at_eight, at_nine = (crossing_day(ins, outs, until, evening) for until in (72_000, 75_600))
    assert (at_eight.is_empty, at_eight.residual) == (False, None)
    assert (at_nine.is_empty, at_nine.residual) == (True, -2)
    assert kpis_of(at_nine).residual == -2
    assert kpis_of(at_nine).unmatched_exits == 3
    over = crossing_day(ins, outs, DAY.seconds, evening)
    assert (kpis_of(over, at_eight).residual, kpis_of(over, over).residual) == (-2, -4)


def test_people_who_were_not_seen_leaving_stay_until_the_grace_period_is_over() -> None:
    evening = [Window(at(72_000), DAY.end)]
    segments = curve_of(crossing_day([68_400.0] * 13, [], DAY.seconds, evening))  # 19:00; nobody is seen to leave
    by_end = {segment.bucket.end: segment for segment in segments}
    assert (by_end[at(75_600)].at_end, by_end[at(75_600 + 900)].at_end) == (13, 0)
    assert sum(segment.person_seconds for segment in segments) == 13 * 7_200


def test_the_peak_hour_and_the_heatmap_know_no_hour_in_progress() -> None:
    # 20 visitors from 09:00 on, then 15 within the first half of the hour from 10:00: a rate of 30 an hour.
    people = [Visit(32_400 + 60 * n, 43_000) for n in range(20)] + [Visit(36_000 + 60 * n, 43_000) for n in range(15)]
    in_progress = day(people, until=37_800)
    peak = peak_of(in_progress)
    assert peak is not None
    assert (peak.hour, peak.visitors_per_hour) == (9, 20)
    assert (1, 10) not in rates_of(in_progress)
    over = day(people, until=39_600)
    peak = peak_of(over)
    assert peak is not None
    assert (peak.hour, rates_of(over)[1, 10].visitors) == (9, 15)


def test_an_hour_that_is_over_but_not_delivered_is_not_the_peak_hour() -> None:
    delivered = at(39_000)  # 10:50
    window = Window(DAY.start, at(43_200))
    counts = bucket_counts([32_400.0 + n for n in range(5)] + [36_000.0 + n for n in range(9)], [], window)
    buckets = build_observed_buckets(
        window=window,
        split_at=(),
        counts=counts,
        observed_minutes=observed_everywhere(Window(DAY.start, delivered)),
        counting_periods=[CountingPeriod(CAMERA, DAY.start, None, delivered)],
        open_windows=[window],
        pending=PendingCriteria(now=at(43_200), accepted_from=DAY.start - timedelta(days=30)),
    )
    peak = peak_of(StoreDayBuckets(TODAY, tuple(buckets), (), is_whole=False))
    assert peak is not None
    assert (peak.hour, peak.visitors_per_hour) == (9, 5)


@st.composite
def observed(draw: st.DrawFn) -> ObservedBucket:
    """Return a bucket in any state; its time does not matter."""
    open_s = draw(st.sampled_from([0.0, 0.0, 300.0, 900.0]))
    observed_s = draw(st.sampled_from([0.0, 0.8, 1.0])) * (open_s or 900.0)
    ins, outs = draw(st.sampled_from([(0, 0), (0, 0), (2, 0), (1, 3)]))
    has_two_lines = draw(st.booleans())
    return ObservedBucket(
        start=DAY.start,
        end=DAY.start + QUARTER,
        ins=ins,
        outs=outs,
        in_offset_s=300.0 * ins,
        out_offset_s=300.0 * outs,
        open_s=open_s,
        expected_s=open_s,
        observed_s=observed_s,
        is_pending=draw(st.integers(0, 9)) == 0,
        seconds=900.0,
        is_known=observed_s > 0 or ins > 0 or outs > 0,
        line_changed=has_two_lines or draw(st.integers(0, 9)) == 0,
        has_two_lines=has_two_lines,
    )


@given(st.lists(st.lists(observed(), min_size=1, max_size=4), max_size=4), st.booleans())
def test_the_state_and_the_counts_of_a_period_are_those_of_all_its_quarter_hours(
    of_days: list[list[ObservedBucket]], is_open_ahead: bool
) -> None:
    days: list[DayKpis] = []
    flat: list[ObservedBucket] = []
    for number, buckets in enumerate(of_days):
        first = DAY.start + number * timedelta(days=1)
        starts = (first + index * QUARTER for index in range(len(buckets)))
        placed = [
            bucket._replace(start=start, end=start + QUARTER) for bucket, start in zip(buckets, starts, strict=True)
        ]
        days.append(compute_day_kpis(StoreDayBuckets(first.date(), tuple(placed), (), is_whole=True), LATER))
        flat += placed
        assert period_state(days[-1:]) is days[-1].state
    kpis = compute_period_kpis(days, is_open_ahead=is_open_ahead)
    ahead = ObservedBucket(LATER, LATER + QUARTER, 0, 0, 0.0, 0.0, 900.0, 900.0, 0.0, True, 900.0, False)
    whole = [*flat, ahead] if is_open_ahead else flat
    assert kpis.state is bucket_state(whole)
    assert (kpis.visitors, kpis.exits) == visitors_and_exits(whole)
    assert kpis.quality.coverage == pytest.approx(coverage(whole))
    assert kpis.line_changed == (bucket_note(whole) is not None)
