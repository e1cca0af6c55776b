"""The counters of peers get our directions, so that they are scored fairly."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from benchmarks.counter_peers import count_with_line_zone, count_with_object_counter
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.replay import TrackedFrame, count_tracks
from edge_worker.tracking.byte_track import Track

SIZE = (400, 400)
Counter = Callable[[list[TrackedFrame], tuple[int, int], GroundTruth], list[Crossing]]


def walk(tracker_id: int, start: tuple[float, float], end: tuple[float, float], first: int) -> list[TrackedFrame]:
    """A person of 40 pixels who walks for two seconds."""
    frames = []
    for step in range(20):
        x, y = (a + (b - a) * step / 19 for a, b in zip(start, end, strict=True))
        box = (x - 8, y - 20, x + 8, y + 20)
        frames.append(TrackedFrame(first + step, (first + step) / 10, (Track(tracker_id, box, 0.9),)))
    return frames


@pytest.mark.parametrize(
    "counter",
    [
        pytest.param(partial(count_with_line_zone, threshold=1), id="line_zone_1"),
        pytest.param(partial(count_with_line_zone, threshold=3), id="line_zone_3"),
        pytest.param(count_with_object_counter, id="object_counter", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize(
    "line", [Line(0, 0.5, 1, 0.5), Line(1, 0.5, 0, 0.5), Line(0.5, 0, 0.5, 1), Line(0.5, 1, 0.5, 0)]
)
def test_a_peer_counts_a_free_walker_as_we_do(counter: Counter, line: Line) -> None:
    far, near = ((200.0, 60.0), (200.0, 340.0)) if line.ay == line.by else ((60.0, 200.0), (340.0, 200.0))
    frames = [*walk(1, far, near, 0), *walk(2, near, far, 20)]
    truth = GroundTruth("walkers.mp4", line, Anchor.CENTER, 1.0, ())
    counted = counter(frames, SIZE, truth)
    ours = count_tracks(frames, SIZE, line, Anchor.CENTER)
    assert [(one.tracker_id, one.direction) for one in counted] == [(one.tracker_id, one.direction) for one in ours]
    assert len(counted) == 2
