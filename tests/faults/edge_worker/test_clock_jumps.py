"""Clocks that jump while people cross the line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge_worker.clock import format_utc
from edge_worker.crossing import Crossing, Direction
from edge_worker.running.session import Session
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, frame

SECONDS = 240


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(seconds=-90), timedelta(minutes=10)])
def test_a_clock_that_jumps_in_the_middle_loses_no_crossing_and_no_minute(tmp_path: Path, jump: timedelta) -> None:
    start = datetime.now(UTC) - timedelta(hours=3)
    frames, minutes = [], set()
    for second in range(SECONDS):
        captured_at = start + timedelta(seconds=second) + (jump if second >= SECONDS // 2 else timedelta())
        crossings = (Crossing(float(second), second, Direction.IN, 1),) if second % 10 == 0 else ()
        frames.append(frame(float(second), captured_at, crossings=crossings))
        minutes.add(format_utc(captured_at.replace(second=0, microsecond=0)))
    with serving(RecordingBackend()) as backend:
        options = backend.run_options("rtsp://door/1", tmp_path, heartbeat_s=0.02)
        assert Session(options, lambda *_: ScriptedFeed(frames, is_live=True), "1").run() == 0
    assert len(backend.stored) == SECONDS / 10
    assert backend.heartbeats[-1]["totals"] == {"in": SECONDS / 10, "out": 0}
    covered = {minute["minute"] for beat in backend.heartbeats for minute in beat["minutes"]}
    assert covered == minutes
    assert all(beat["oldest_unsent_s"] >= 0 for beat in backend.heartbeats)


def test_a_machine_that_starts_in_the_past_gives_its_crossings_the_time_of_the_backend(tmp_path: Path) -> None:
    """As a Raspberry Pi does that was without power for a day; here it is the backend that is a day ahead."""
    a_day = timedelta(days=1)
    with serving(RecordingBackend(server_time=lambda: datetime.now(UTC) + a_day)) as backend:
        options = backend.run_options("rtsp://door/1", tmp_path)
        captured_at = datetime.now(UTC)
        feed = ScriptedFeed([frame(1.0, captured_at, crossings=(Crossing(1.0, 1, Direction.OUT, 1),))], is_live=True)
        Session(options, lambda *_: feed, "1").run()
    [(_, _, ts)] = backend.stored
    off = datetime.fromisoformat(ts) - (captured_at + a_day)
    assert abs(off) < timedelta(seconds=5)
