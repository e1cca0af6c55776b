"""The configuration of the backend applies while the worker runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep

import cv2
import numpy as np

from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing, Direction
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.running.options import RunOptions
from tests.integration.edge_worker.recording_backend import RecordingBackend
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.integration.edge_worker.session.conftest import run, status

IN, OUT = Direction.IN, Direction.OUT


def test_the_backends_line_comes_before_the_command_lines(backend: RecordingBackend, options: RunOptions) -> None:
    backend.line = [0.1, 0.2, 0.3, 0.4]
    run(replace(options, line=Line(0.5, 0, 0.5, 1)), ScriptedFeed(film(0.2, {})))
    assert (status(options)["line"], status(options)["line_from"]) == ([0.1, 0.2, 0.3, 0.4], "backend")


def test_a_changed_line_applies_without_a_restart(backend: RecordingBackend, options: RunOptions) -> None:
    def draw_anew(index: int) -> None:
        if index == 1:
            backend.line, backend.anchor = [0.0, 0.7, 1.0, 0.7], "center"

    feed = ScriptedFeed(film(0.8, {}), between=draw_anew)
    run(replace(options, pace="real-time"), feed)
    assert feed.lines == [(Line(0.0, 0.7, 1.0, 0.7), Anchor.CENTER)]


def test_a_changed_frame_rate_applies_without_a_restart_and_does_not_reset_the_line(
    backend: RecordingBackend, options: RunOptions
) -> None:
    def slow_down(index: int) -> None:
        if index == 1:
            backend.sample_fps, backend.snapshot_interval_s = 5, 60

    feed = ScriptedFeed(film(0.8, {}), between=slow_down)
    run(replace(options, pace="real-time"), feed)
    assert (feed.rates, feed.lines) == ([5.0], [])


def test_a_changed_policy_applies_without_a_restart_and_does_not_reset_the_line(
    backend: RecordingBackend, options: RunOptions
) -> None:
    """The first visitor goes in and out again before the backend has a policy, the second one afterwards."""
    feed = ScriptedFeed(())

    def script() -> Iterator[FrameResult]:
        yield from film(1.0, {0.2: IN, 0.8: OUT})
        backend.policy = {"min_stay_s": 5, "ignore_children": True}
        index, deadline = 25, monotonic() + 20
        while not feed.ignored_children and monotonic() < deadline:
            sleep(0.01)
            yield frame(index / 25)
            index += 1
        for direction in (IN, OUT):
            crossing = Crossing(index / 25, index, direction, 2, 2)
            yield frame(index / 25, crossings=(crossing,))
            index += 1

    feed.script = script()
    run(options, feed)
    assert feed.ignored_children == [True]
    assert feed.lines == []
    assert sorted(one["direction"] for one in backend.stored.values()) == ["IN", "OUT"]
    assert {one["tracker_id"] for one in backend.stored.values()} == {1}
    assert (status(options)["min_stay_s"], status(options)["ignore_children"]) == (5, True)


def test_an_unchanged_config_is_not_fetched_again(backend: RecordingBackend, options: RunOptions) -> None:
    run(options, ScriptedFeed(film(1, {})))
    run(options, ScriptedFeed(film(1, {})))
    assert backend.config_requests == [None, backend.etag]


def test_a_requested_snapshot_is_sent_once_and_shows_nobody(backend: RecordingBackend, options: RunOptions) -> None:
    picture = np.zeros((240, 320, 3), np.uint8)
    picture[60:180, 100:160] = np.random.default_rng(1).integers(0, 255, (120, 60, 3))
    backend.snapshot_requested = True
    frames = [frame(n / 25, image=picture, people=((100.0, 60.0, 160.0, 180.0),)) for n in range(20)]
    run(replace(options, pace="real-time"), ScriptedFeed(frames))
    assert len(backend.snapshots) == 1
    shown = cv2.imdecode(np.frombuffer(backend.snapshots[0], np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    assert shown.shape == picture.shape
    assert np.corrcoef(shown[60:180, 100:160].ravel(), picture[60:180, 100:160].ravel())[0, 1] < 0.2
