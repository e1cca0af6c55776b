"""Windows and quarter-hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.window import QUARTER, Window, quarter_ceil, quarter_floor, split_window
from tests.unit.functions.api.kpi.clocks import TIMES


@given(TIMES, st.integers(0, 200_000), st.lists(st.integers(-1000, 201_000)))
def test_the_parts_of_a_split_window_cover_it_exactly(start: datetime, length: int, split_at: list[int]) -> None:
    window = Window(start, start + timedelta(seconds=length))
    at = [start + timedelta(seconds=time_) for time_ in split_at]
    parts = list(split_window(window, at))
    assert [part.start for part in parts] == ([window.start] if parts else []) + [part.end for part in parts[:-1]]
    assert not parts or parts[-1].end == window.end
    assert bool(parts) == bool(length)
    bounds = {part.start for part in parts} | {window.end}
    assert all(time_ in bounds for time_ in at if window.start < time_ < window.end)
    assert all(quarter_floor(part.start) == quarter_floor(part.end - timedelta(microseconds=1)) for part in parts)


@given(TIMES)
def test_a_quarter_hour_contains_its_times(at_time: datetime) -> None:
    assert quarter_floor(at_time) <= at_time < quarter_floor(at_time) + QUARTER
    assert quarter_ceil(at_time) - QUARTER < at_time <= quarter_ceil(at_time)
    assert quarter_floor(at_time).minute % 15 == 0


def test_a_window_refuses_naive_and_reversed_times() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with pytest.raises(ValueError, match="before it starts"):
        Window(now, now - QUARTER)
    with pytest.raises(ValueError, match="time zone"):
        Window(now.replace(tzinfo=None), now)


def test_a_window_measures_elapsed_time_on_the_day_of_the_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    window = Window(datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 3, 30, tzinfo=berlin))
    assert window.seconds == 23 * 3600
