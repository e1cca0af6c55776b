from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge_worker.running.coverage import MinuteCounter, ObservedMinutes, ProcessedFrame

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_minute_is_complete_with_the_first_frame_of_the_next() -> None:
    minutes = MinuteCounter("camera")
    assert [minutes.add_frame(ProcessedFrame(at(second))) for second in (0, 30, 59.9)] == [[], [], []]
    [minute] = minutes.add_frame(ProcessedFrame(at(60)))
    assert (minute.minute, minute.frames) == ("2026-11-22T12:00:00.000000Z", 3)


def test_a_camera_without_frames_leaves_a_gap_and_no_minute_of_zero() -> None:
    minutes = MinuteCounter("camera")
    minutes.add_frame(ProcessedFrame(at(0)))
    complete = minutes.add_frame(ProcessedFrame(at(600)))
    assert [minute.minute for minute in [*complete, *minutes.close()]] == [
        "2026-11-22T12:00:00.000000Z",
        "2026-11-22T12:10:00.000000Z",
    ]


def test_frames_per_second_are_those_between_the_first_and_the_last_frame() -> None:
    minutes = MinuteCounter("camera")
    for index in range(101):
        minutes.add_frame(ProcessedFrame(at(30 + index / 10)))
    [minute] = minutes.close()
    assert minute.fps == 10.0


def test_frames_that_nobody_looked_at_are_observed() -> None:
    minutes = MinuteCounter("camera")
    for index in range(100):
        minutes.add_frame(ProcessedFrame(at(index * 0.3), unchecked=2))
    [minute] = minutes.close()
    assert minute.frames == 300
    assert 10.0 <= minute.fps < 10.1


@given(st.lists(st.floats(-600, 600), min_size=1, max_size=60))
def test_no_frame_is_lost_however_the_clock_jumps(times: list[float]) -> None:
    minutes = MinuteCounter("camera")
    complete = [minute for time in times for minute in minutes.add_frame(ProcessedFrame(at(time), dropped=2))]
    complete += minutes.close()
    assert sum(minute.frames for minute in complete) == len(times)
    assert sum(minute.dropped for minute in complete) == 2 * len(times)


def test_a_minute_in_which_the_line_changes_has_a_part_for_each_version() -> None:
    minutes = MinuteCounter("camera")
    frames = [(0, 1), (20, 1), (30, 2), (61, 2), (62, None)]
    complete = [
        one for second, version in frames for one in minutes.add_frame(ProcessedFrame(at(second), line_version=version))
    ]
    parts = [(one.minute[14:16], one.line_version, one.frames) for one in [*complete, *minutes.close()]]
    assert parts == [("00", 1, 2), ("00", 2, 1), ("01", 2, 1), ("01", None, 1)]


def test_frames_of_a_frozen_picture_are_not_observed_also_those_before_it_was_known() -> None:
    minutes = ObservedMinutes(MinuteCounter("camera"))
    complete = []
    for second in range(300):
        complete += minutes.add_frame(
            ProcessedFrame(at(second)), may_be_frozen=65 <= second < 120, is_frozen=120 <= second < 240
        )
    complete += minutes.close()
    assert [(minute.minute[14:16], minute.frames) for minute in complete] == [("00", 60), ("01", 5), ("04", 60)]


def test_a_minute_in_which_a_picture_freezes_and_lives_again_is_not_sent_in_two_parts() -> None:
    minutes = ObservedMinutes(MinuteCounter("camera"))
    complete = []
    for second in range(120):
        complete += minutes.add_frame(ProcessedFrame(at(second)), is_frozen=10 <= second < 40)
    complete += minutes.close()
    assert [(minute.minute[14:16], minute.frames) for minute in complete] == [("00", 30), ("01", 60)]


def test_frames_that_only_seemed_frozen_are_observed() -> None:
    minutes = ObservedMinutes(MinuteCounter("camera"))
    complete = []
    for second in range(180):
        complete += minutes.add_frame(ProcessedFrame(at(second)), may_be_frozen=50 <= second < 90)
    complete += minutes.close()
    assert [minute.frames for minute in complete] == [60, 60, 60]


def test_frames_that_wait_at_the_end_of_a_run_are_observed() -> None:
    minutes = ObservedMinutes(MinuteCounter("camera"))
    for second in range(20):
        minutes.add_frame(ProcessedFrame(at(second)), may_be_frozen=second >= 5)
    [minute] = minutes.close()
    assert minute.frames == 20
