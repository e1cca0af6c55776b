"""Late ranges: which whole hours a refresh has to cover."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from db.timescale.late import HOUR, merged

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
RANGES = st.lists(st.tuples(MOMENTS, MOMENTS).map(lambda pair: (min(pair), max(pair))), max_size=8)


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 1, hour, minute, tzinfo=UTC)


def test_nothing_late_is_nothing_to_refresh() -> None:
    assert merged([]) == []


def test_a_moment_is_its_hour() -> None:
    assert merged([(_at(9, 5), _at(9, 5))]) == [(_at(9), _at(10))]


def test_a_full_hour_is_the_hour_that_begins() -> None:
    assert merged([(_at(9), _at(9))]) == [(_at(9), _at(10))]


def test_neighbours_are_joined_and_distant_ones_are_not() -> None:
    ranges = [(_at(14), _at(14, 59)), (_at(9, 5), _at(9, 50)), (_at(10), _at(10, 1))]
    assert merged(ranges) == [(_at(9), _at(11)), (_at(14), _at(15))]


def test_another_time_zone_is_the_same_moment() -> None:

    kolkata = _at(9, 5).astimezone(ZoneInfo("Asia/Kolkata"))
    assert merged([(kolkata, kolkata)]) == [(_at(9), _at(10))]


@given(RANGES)
def test_every_late_moment_is_covered_and_no_two_ranges_touch(ranges: list[tuple[datetime, datetime]]) -> None:
    found = merged(ranges)
    for first, last in ranges:
        assert any(begin <= first and last < end for begin, end in found)
    for (_, end), (begin, _) in pairwise(found):
        assert begin - end >= HOUR
    for begin, end in found:
        assert begin.minute == begin.second == begin.microsecond == 0
        assert (end - begin) % HOUR == timedelta(0)
