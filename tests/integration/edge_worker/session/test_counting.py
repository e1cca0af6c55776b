"""A run of the worker counts: files, cameras, loops, the shortest stay and skipped frames."""

from __future__ import annotations

import signal
from _thread import interrupt_main
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from edge_worker.clock import parse_utc
from edge_worker.counting.policy import CountingPolicy
from edge_worker.crossing import Crossing, Direction
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.running.options import RunOptions
from tests.integration.edge_worker.recording_backend import RecordingBackend
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.integration.edge_worker.session.conftest import run, status

IN, OUT = Direction.IN, Direction.OUT


@pytest.mark.clock
def test_a_file_is_counted_delivered_and_ends_with_zero(backend: RecordingBackend, options: RunOptions) -> None:
    began = datetime.now(UTC)
    assert run(options, ScriptedFeed(film(2, {0.5: IN, 1.0: OUT, 1.5: IN}))) == 0
    events = sorted(backend.stored.values(), key=lambda one: one["ts"])
    assert [one["direction"] for one in events] == ["IN", "OUT", "IN"]
    assert {one["store_id"] for one in events} == {backend.store_id}
    moments = [parse_utc(one["ts"]) for one in events]
    assert [moment - moments[0] for moment in moments] == [timedelta(0), timedelta(seconds=0.5), timedelta(seconds=1)]
    assert timedelta(seconds=0.5) <= moments[0] - began < timedelta(seconds=5)
    found = status(options)
    assert (found["state"], found["in"], found["out"], found["sent"], found["backlog"]) == ("ended", 2, 1, 3, 0)


@pytest.mark.clock
def test_the_time_of_the_first_frame_of_a_file_can_be_set(backend: RecordingBackend, options: RunOptions) -> None:
    yesterday = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    run(replace(options, starts_at=yesterday), ScriptedFeed(film(1, {0.5: IN})))
    assert [parse_utc(ts) for _, _, ts in backend.stored] == [yesterday + timedelta(seconds=0.5)]


@pytest.mark.clock
def test_a_crossing_of_a_camera_gets_its_capture_time(backend: RecordingBackend, options: RunOptions) -> None:
    captured = datetime.now(UTC) - timedelta(seconds=3)
    late_news = Crossing(t=9.75, frame=97, direction=IN, tracker_id=1)
    run(options, ScriptedFeed([frame(10.0, captured, crossings=(late_news,))], is_live=True))
    assert [parse_utc(ts) for _, _, ts in backend.stored] == [captured - timedelta(seconds=0.25)]


def test_who_goes_in_and_out_again_within_the_shortest_stay_is_not_sent(
    backend: RecordingBackend, options: RunOptions
) -> None:
    began = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    hesitating = replace(options, policy=CountingPolicy(min_stay_s=2.0), starts_at=began)
    run(hesitating, ScriptedFeed(film(9, {0.5: IN, 1.5: OUT, 3.0: IN, 6.0: OUT, 8.5: IN})))
    sent = sorted((parse_utc(one["ts"]), one["direction"]) for one in backend.stored.values())
    assert sent == [(began + timedelta(seconds=s), way) for s, way in ((3.0, "IN"), (6.0, "OUT"), (8.5, "IN"))]
    assert (status(options)["in"], status(options)["out"]) == (2, 1)


def test_an_entry_does_not_wait_for_a_camera_that_is_away(backend: RecordingBackend, options: RunOptions) -> None:
    captured = datetime.now(UTC)
    entered = Crossing(t=10.0, frame=100, direction=IN, tracker_id=1, person_id=1)

    def script() -> Iterator[FrameResult | None]:
        yield frame(10.0, captured, crossings=(entered,))
        while not backend.stored:
            yield None

    run(replace(options, policy=CountingPolicy(min_stay_s=0.2)), ScriptedFeed(script(), is_live=True))
    assert [parse_utc(ts) for _, _, ts in backend.stored] == [captured]


@pytest.mark.clock
def test_skipped_frames_count_as_frames_and_are_in_no_snapshot(backend: RecordingBackend, options: RunOptions) -> None:
    backend.snapshot_requested = True
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=5)
    picture = np.zeros((240, 320, 3), np.uint8)
    frames = [frame(n / 10, start + timedelta(seconds=n / 10), image=picture, skipped=True) for n in range(600)]
    run(options, ScriptedFeed(frames, is_live=True))
    found = status(options)
    assert (found["frames"], found["skipped"]) == (600, 600)
    [minute] = [one for beat in backend.heartbeats for one in beat["minutes"]]
    assert (minute["frames"], minute["fps"]) == (600, 10.0)
    assert backend.snapshots == []


def test_a_looped_file_goes_on_in_time(backend: RecordingBackend, options: RunOptions) -> None:
    feed = ScriptedFeed(film(1, {0.5: IN}))

    def enough(_index: int) -> None:
        if feed.rounds == 2:
            interrupt_main(signal.SIGTERM)
            feed.closed.wait()

    feed.between = enough
    assert run(replace(options, loop=True), feed) == 0
    moments = sorted(parse_utc(ts) for _, _, ts in backend.stored)
    assert len(moments) == 2
    assert moments[1] - moments[0] == timedelta(seconds=1)
