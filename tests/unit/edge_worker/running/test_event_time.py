from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge_worker.running.event_time import FileTimeline, crossing_time

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
seconds = st.floats(0, 1e6)


def test_the_time_in_a_file_is_its_start_plus_media_time() -> None:
    assert FileTimeline(START).time_at(1.5) == START + timedelta(seconds=1.5)


def test_the_next_loop_starts_one_frame_after_the_last() -> None:
    again = FileTimeline(START, frame_s=0.04).next_loop(10.0, now=START + timedelta(seconds=10))
    assert again.time_at(0.0) == START + timedelta(seconds=10.04)


def test_a_loop_that_is_late_does_not_start_in_the_past() -> None:
    now = START + timedelta(seconds=60)
    assert FileTimeline(START).next_loop(10.0, now).time_at(0.0) == now


@given(seconds, seconds)
def test_a_crossing_is_never_later_than_the_frame_that_reported_it(media_s: float, t: float) -> None:
    assert crossing_time(START, media_s, t) <= START


def test_a_crossing_that_was_reported_late_keeps_its_own_time() -> None:
    assert crossing_time(START, media_s=10.0, t=9.25) == START - timedelta(seconds=0.75)
