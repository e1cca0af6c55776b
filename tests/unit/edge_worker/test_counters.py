from __future__ import annotations

from datetime import UTC, datetime

from edge_worker.counters import RunCounters, RunState, is_fragmented, track_fragmentation
from edge_worker.crossing import Direction
from edge_worker.pipeline.frame_result import FrameResult

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_frames_and_crossings_add_up() -> None:
    counters = RunCounters()
    assert (counters.state, counters.frame_age_s) == (RunState.STARTING, None)
    counters.add_frame(FrameResult(index=0, media_s=0.0, dropped=2, reconnects=1), NOW)
    counters.add_frame(FrameResult(index=1, media_s=0.5, skipped=True), NOW)
    counters.add_crossing(Direction.IN, NOW)
    counters.add_crossing(Direction.OUT, NOW)
    assert (counters.state, counters.frames, counters.skipped) == (RunState.RUNNING, 2, 1)
    assert (counters.dropped, counters.reconnects, counters.media_s) == (2, 1, 0.5)
    assert (counters.ins, counters.outs, counters.crossings) == (1, 1, 2)
    assert counters.last_frame_at == counters.last_crossing_at == NOW


def test_frames_that_nobody_looked_at_count_as_processed_and_skipped() -> None:
    counters = RunCounters()
    counters.add_frame(FrameResult(index=2, media_s=0.2, unchecked=2), NOW)
    counters.add_frame(FrameResult(index=5, media_s=0.5, unchecked=2, skipped=True), NOW)
    assert (counters.frames, counters.skipped) == (6, 5)


def test_frames_that_are_damaged_count_as_processed_and_damaged() -> None:
    counters = RunCounters()
    counters.add_frame(FrameResult(index=0, media_s=0.0), NOW)
    counters.add_frame(FrameResult(index=4, media_s=0.4, damaged=3), NOW)
    assert (counters.frames, counters.damaged, counters.skipped) == (5, 3, 0)


def test_the_track_fragmentation_needs_enough_crossings_and_has_a_limit() -> None:
    assert track_fragmentation(19, 19) is None
    assert track_fragmentation(26, 20) == 1.3
    assert not is_fragmented(1.3)
    assert is_fragmented(track_fragmentation(27, 20))
    assert not is_fragmented(None)
