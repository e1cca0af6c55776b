"""The thinning of recorded detections to a lower frame rate."""

from __future__ import annotations

import pytest

from edge_worker.detection.detector import Detections
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections


@pytest.mark.parametrize("step", [1, 2, 3, 8])
def test_each_frame_is_in_one_phase_and_the_first_phase_is_every_nth_frame(step: int) -> None:
    clip = ClipDetections((240, 320), tuple(FrameDetections(n, n / 25, Detections.none()) for n in range(7)))
    phases = clip.phases(step)
    assert [[frame.index for frame in phase.frames] for phase in phases] == [
        list(range(first, 7, step)) for first in range(step)
    ]
    assert phases[0].frames == tuple(clip.every(step))
    assert {phase.size for phase in phases} == {clip.size}
