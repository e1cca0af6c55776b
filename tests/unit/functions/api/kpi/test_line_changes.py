"""Which quarter-hours were counted with two lines, and which lines a period was counted with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.buckets import CountingPeriod, ObservedBucket
from functions.api.kpi.coverage import bucket_note, bucket_state
from functions.api.kpi.enums import BucketState, Note
from functions.api.kpi.line_changes import LineMinutes, find_changed_quarters, find_used_lines, is_line_changed
from functions.api.kpi.window import QUARTER, Window, merge_windows, quarter_floor

CAMERA, OTHER = uuid4(), uuid4()
TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: int) -> datetime:
    return TEN + minutes * MINUTE


def used(version: int | None, first: int, last: int, camera: UUID = CAMERA) -> LineMinutes:
    return LineMinutes(camera, version, at(first), at(last))


def counting(since: int = -10_000, until: int | None = None, camera: UUID = CAMERA) -> CountingPeriod:
    return CountingPeriod(camera, at(since), None if until is None else at(until), None)


def changed(*line_minutes: LineMinutes, periods: Sequence[CountingPeriod] = (counting(),)) -> dict[int, bool]:
    """Return the changed quarter-hours, in minutes after ten o'clock, and whether two lines were used in each."""
    found = find_changed_quarters(line_minutes, periods)
    return {(quarter - TEN) // MINUTE: has_two_lines for quarter, has_two_lines in found.items()}


def test_one_line_is_no_change() -> None:
    assert changed(used(1, 0, 600), used(1, 840, 1200)) == {}


@pytest.mark.parametrize(
    ("last_of_1", "first_of_2", "quarter", "has_two_lines"),
    [
        (6, 7, 0, True),
        (13, 14, 0, True),
        (14, 14, 0, True),
        (14, 15, 15, False),
        (15, 15, 15, True),
        (15, 16, 15, True),
        (-300, 20, 15, False),
        (-3000, 20, 15, False),
    ],
)
def test_a_change_is_in_the_quarter_hour_in_which_the_line_is_first_used(
    last_of_1: int, first_of_2: int, quarter: int, has_two_lines: bool
) -> None:
    assert changed(used(1, -6000, last_of_1), used(2, first_of_2, 600)) == {quarter: has_two_lines}


def test_a_line_of_the_command_line_is_another_line() -> None:
    assert changed(used(None, 0, 20), used(2, 21, 40), used(None, 41, 50)) == {15: True, 30: True}


def test_every_quarter_hour_with_two_lines_is_changed() -> None:
    assert changed(used(1, 0, 120), used(2, 20, 50)) == {15: True, 30: True, 45: True}


def test_only_the_time_in_which_the_camera_counted_matters() -> None:
    lines = used(1, 0, 6), used(2, 7, 20), used(3, 21, 40)
    assert changed(*lines, periods=[counting(15)]) == {15: True}
    assert changed(*lines, periods=[counting(until=15)]) == {0: True}
    assert changed(*lines, periods=[counting(camera=OTHER)]) == {}


def test_cameras_do_not_mix() -> None:
    assert changed(used(1, 0, 20), used(2, 0, 20, OTHER), periods=[counting(), counting(camera=OTHER)]) == {}


Minutes = Mapping[int, int]
"""The line version by the minute after midnight of the first day."""

versions_by_minute = st.dictionaries(st.integers(0, 3 * 1440 - 1), st.integers(1, 4), max_size=40)


def as_stored(minutes: Minutes) -> list[LineMinutes]:
    """Return what the ingest stores of these minutes: one row per version and UTC day."""
    midnight = TEN.replace(hour=0)
    rows: dict[tuple[int, int], list[int]] = {}
    for minute, version in minutes.items():
        rows.setdefault((minute // 1440, version), []).append(minute)
    return [
        LineMinutes(CAMERA, version, midnight + min(found) * MINUTE, midnight + max(found) * MINUTE)
        for (_, version), found in rows.items()
    ]


def versions_by_quarter(minutes: Minutes) -> dict[datetime, list[int]]:
    """Return the versions of the minutes of each quarter-hour, in order."""
    found: dict[datetime, list[int]] = {}
    for minute, version in sorted(minutes.items()):
        found.setdefault(quarter_floor(TEN.replace(hour=0) + minute * MINUTE), []).append(version)
    return found


@given(versions_by_minute)
def test_no_quarter_hour_with_two_lines_is_missed_in_whatever_order_they_are_used(minutes: Minutes) -> None:
    found = find_changed_quarters(as_stored(minutes), [counting()])
    with_two = {quarter for quarter, versions in versions_by_quarter(minutes).items() if len(set(versions)) > 1}
    assert {quarter for quarter, has_two_lines in found.items() if has_two_lines} >= with_two


@given(versions_by_minute)
def test_where_versions_only_increase_the_changes_are_exact(minutes: Minutes) -> None:
    increasing = dict(zip(sorted(minutes), sorted(minutes.values()), strict=True))
    expected = {}
    before = None
    for quarter, versions in versions_by_quarter(increasing).items():
        if versions[-1] != (before or versions[0]):
            expected[quarter] = len(set(versions)) > 1
        before = versions[-1]
    assert find_changed_quarters(as_stored(increasing), [counting()]) == expected


def bucket(
    index: int, *, has_two_lines: bool = False, is_open: bool = True, is_pending: bool = False
) -> ObservedBucket:
    start, open_s = TEN + index * QUARTER, 900.0 * is_open
    return ObservedBucket(
        start,
        start + QUARTER,
        0,
        0,
        0.0,
        0.0,
        open_s,
        open_s,
        open_s,
        is_pending,
        900.0,
        True,
        has_two_lines,
        has_two_lines,
    )


def open_windows(indexes: Iterable[int]) -> list[Window]:
    return merge_windows(Window(at(15 * index), at(15 * index + 15)) for index in indexes)


ALL = range(8)


def test_the_used_lines_are_those_of_counting_cameras_in_open_time() -> None:
    lines = [used(1, 0, 29), used(2, 30, 119), used(7, 0, 119, OTHER)]
    assert find_used_lines(lines, [counting()], open_windows(ALL)) == {CAMERA: {1, 2}}
    assert find_used_lines(lines, [counting(until=30)], open_windows(ALL)) == {CAMERA: {1}}
    assert find_used_lines(lines, [counting(since=30)], open_windows(ALL)) == {CAMERA: {2}}
    assert find_used_lines(lines, [counting()], open_windows([0, 1])) == {CAMERA: {1}}
    assert find_used_lines(lines, [counting()], open_windows([4])) == {CAMERA: {2}}
    assert find_used_lines(lines, [counting()], open_windows([])) == {}
    assert find_used_lines(lines, [counting(), counting(camera=OTHER)], open_windows([4])) == {CAMERA: {2}, OTHER: {7}}


@given(st.integers(0, 119), st.integers(0, 119), st.sets(st.integers(0, 7)), st.integers(0, 8), st.integers(0, 8))
def test_the_used_lines_are_those_of_single_minutes(
    first: int, last: int, open_indexes: set[int], since: int, until: int
) -> None:
    first, last = sorted((first, last))
    since, until = sorted((15 * since, 15 * until))
    found = find_used_lines([used(1, first, last)], [counting(since, until)], open_windows(open_indexes))
    minutes = [m for m in range(first, last + 1) if since <= m < until and m // 15 in open_indexes]
    assert found == ({CAMERA: {1}} if minutes else {})


def test_the_line_is_changed_when_a_camera_used_two_in_the_periods_together() -> None:
    one, two, both, foreign = (
        {CAMERA: frozenset({1})},
        {CAMERA: frozenset({2})},
        {CAMERA: frozenset({1, 2})},
        {OTHER: frozenset({3})},
    )
    assert is_line_changed(one, two)
    assert is_line_changed(both)
    assert is_line_changed(both, one)
    assert not is_line_changed(one, one)
    assert not is_line_changed(one, foreign)
    assert not is_line_changed(one, {})


def test_a_quarter_hour_with_two_lines_is_partial_and_its_hour_is_not() -> None:
    hour = [bucket(0, has_two_lines=True), bucket(1), bucket(2), bucket(3)]
    assert (bucket_state(hour[:1]), bucket_note(hour[:1])) == (BucketState.PARTIAL, Note.LINE_CHANGED)
    assert (bucket_state(hour), bucket_note(hour)) == (BucketState.VALUE, Note.LINE_CHANGED)
    assert (bucket_state(hour[1:]), bucket_note(hour[1:])) == (BucketState.VALUE, None)


def test_pending_and_closed_come_before_the_change() -> None:
    pending, closed = bucket(0, has_two_lines=True, is_pending=True), bucket(0, has_two_lines=True, is_open=False)
    assert (bucket_state([pending]), bucket_note([pending])) == (BucketState.PENDING, Note.LINE_CHANGED)
    assert (bucket_state([closed]), bucket_note([closed])) == (BucketState.CLOSED, None)
