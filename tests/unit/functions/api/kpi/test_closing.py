"""The occupancy ends after closing, quarter-hour by quarter-hour compared with brute force."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.closing import DEFAULT_CLOSING_GRACE, ended_windows, windows_after_closing
from functions.api.kpi.opening_hours import ALWAYS_OPEN, parse_opening_hours
from functions.api.kpi.window import QUARTER, Window, quarter_ceil, quarter_floor
from tests.unit.functions.api.kpi.crossings import DAY_S, Correction, Crossing, corrections, crossings, seconds
from tests.unit.functions.api.kpi.visits import DAY, at, bucket_counts, observed_buckets

HOUR = 3_600


def ended(
    events: list[Crossing],
    after_closing: list[Window],
    until: int = DAY_S,
    grace: timedelta = DEFAULT_CLOSING_GRACE,
) -> list[tuple[float, float]]:
    """Return the windows in which the occupancy has ended, hours of the day."""
    window = Window(DAY.start, at(until))
    buckets = observed_buckets(
        bucket_counts(seconds(events, "IN"), seconds(events, "OUT"), window), window, now=at(until)
    )
    return [
        ((found.start - DAY.start) / timedelta(hours=1), (found.end - DAY.start) / timedelta(hours=1))
        for found in ended_windows(buckets, [], after_closing, grace)
    ]


EVENING = [Window(at(20 * HOUR), DAY.end)]


def test_it_ends_an_hour_after_closing() -> None:
    assert timedelta(minutes=60) == DEFAULT_CLOSING_GRACE
    assert ended([Crossing(19 * HOUR, "IN")], EVENING) == [(21, 24)]


def test_each_crossing_after_closing_extends_it_by_the_grace_period_from_the_end_of_its_quarter_hour() -> None:
    late = [Crossing(20 * HOUR + 1_800, "OUT"), Crossing(21 * HOUR + 1_200, "OUT")]  # 20:30 and 21:20
    assert ended(late[:1], EVENING) == [(21.75, 24)]
    assert ended(late, EVENING) == [(22.5, 24)]


def test_somebody_who_comes_after_the_end_begins_a_new_occupancy_that_ends_likewise() -> None:
    assert ended([Crossing(22 * HOUR + 60, "IN")], EVENING) == [(21, 22), (23.25, 24)]


def test_before_the_grace_period_is_over_it_has_not_ended() -> None:
    assert ended([], EVENING, until=21 * HOUR - 1) == []
    assert ended([], EVENING, until=21 * HOUR) == [(21, 21)]
    assert ended([], EVENING, until=21 * HOUR + 1) == [(21, 21 + 1 / HOUR)]


def test_a_store_may_give_the_last_people_less_or_more_time() -> None:
    late = [Crossing(20 * HOUR + 1_800, "OUT")]  # 20:30
    assert ended(late, EVENING, grace=timedelta(0)) == [(20, 20.5), (20.75, 24)]
    assert ended(late, EVENING, grace=timedelta(minutes=120)) == [(22.75, 24)]


def test_a_short_break_does_not_end_it() -> None:
    noon = Window(at(12 * HOUR), at(13 * HOUR))
    long_noon = Window(at(12 * HOUR), at(14 * HOUR))
    assert ended([], [noon]) == []
    assert ended([], [long_noon]) == [(13, 14)]


@given(
    crossings(),
    corrections(),
    st.tuples(st.integers(0, DAY_S - 1), st.integers(1, DAY_S)),
    st.integers(1, DAY_S),
    st.integers(0, 16).map(lambda quarters: quarters * QUARTER),
)
def test_a_quarter_hour_has_ended_when_nothing_happened_in_it_and_in_the_grace_period_before(
    events: list[Crossing], corrected: list[Correction], gap_s: tuple[int, int], until: int, grace: timedelta
) -> None:
    closed_s, closed_for_s = gap_s
    closing = at(closed_s)
    gap = Window(closing, min(DAY.end, closing + timedelta(seconds=closed_for_s)))
    events = [event for event in events if event.second < until]
    corrected = [correction for correction in corrected if correction.second <= until]
    window = Window(DAY.start, at(until))
    split_at = [correction.reset.at for correction in corrected]
    buckets = observed_buckets(
        bucket_counts(seconds(events, "IN"), seconds(events, "OUT"), window, split_at),
        window,
        split_at,
        now=at(until),
    )
    found = ended_windows(buckets, split_at, [gap], grace)
    # A reset at the start of a quarter-hour belongs to the one before: it is what that one left.
    moments = [at(event.second) for event in events] + [quarter_ceil(r) - QUARTER for r in split_at]
    quarter = DAY.start
    while quarter < window.end:
        is_quiet = not any(quarter - grace <= moment < quarter + QUARTER for moment in moments)
        starts_in_gap = quarter_ceil(closing + grace) <= quarter < gap.end
        has_ended = any(ended_in.start <= quarter < ended_in.end for ended_in in found)
        assert has_ended == (starts_in_gap and is_quiet), quarter
        quarter += QUARTER
    assert all(ended_in.start == quarter_floor(ended_in.start) for ended_in in found)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"mon": [["09:00", "20:00"]]}, [(20, 24)]),
        ({"mon": [["09:00", "12:00"], ["14:00", "18:00"]]}, [(12, 14), (18, 24)]),
        ({"sun": [["18:00", "02:00"]], "mon": [["18:00", "02:00"]]}, [(2, 18)]),
        ({"mon": [["09:00", "24:00"]]}, []),
        ({"sun": [["09:00", "24:00"]], "tue": [["09:00", "20:00"]]}, []),
        ({}, []),
        (None, []),
    ],
)
def test_a_closing_lies_within_the_store_day(
    table: dict[str, list[list[str]]] | None, expected: list[tuple[float, float]]
) -> None:
    week = Window(DAY.start - timedelta(days=3), DAY.end + timedelta(days=3))  # the day is a Monday
    open_windows = parse_opening_hours(table).open_windows(week, ZoneInfo("UTC"))
    found = windows_after_closing(open_windows, DAY)
    hours = [((gap.start - DAY.start).total_seconds() / HOUR, gap.seconds / HOUR) for gap in found]
    assert [(start, start + length) for start, length in hours] == expected


def test_a_store_without_opening_hours_never_closes() -> None:
    day = Window(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
    assert windows_after_closing(ALWAYS_OPEN.open_windows(day, ZoneInfo("UTC")), day) == []
