"""A camera whose stream loses packets: frames that are damaged reach neither the detector nor the counter."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np
import pytest

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Detections
from edge_worker.motion.parameters import MotionParameters
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.frame import Frame, Image
from tests.faults.edge_worker import walkers

RATE = 10
GROUP = 20
"""Pictures from one keyframe to the next."""
STARTED = datetime(2026, 11, 26, 12, tzinfo=UTC)
FLOOR = np.asarray(
    cv2.GaussianBlur(
        np.random.default_rng(1).integers(90, 160, (walkers.HEIGHT, walkers.WIDTH, 3)).astype(np.uint8), (0, 0), 3
    ),
    np.uint8,
)
LEARNT_S = 24
"""By then three keyframes have repaired the picture, and the damage is reported."""
GHOSTS_S = (27.5, 29.5, 31.5)
"""When the picture is damaged later on, each time until the next keyframe. The damage seems to cross the line."""


def picture(index: int) -> Image:
    """A floor that is damaged now and then; after `LEARNT_S` somebody walks, and the damage looks like a person."""
    at_s = index / RATE
    image = FLOOR.copy()
    walked = (at_s - LEARNT_S) * walkers.SPEED
    if walked >= 0:
        left = round(walked % (2 * walkers.WIDTH) - walkers.PERSON[0])
        cv2.rectangle(image, (left, 60), (left + walkers.PERSON[0], 60 + walkers.PERSON[1]), (0, 0, 255), -1)
    ghost_s = next((at_s - start_s for start_s in GHOSTS_S if index % GROUP and 0 <= at_s - start_s < 0.5), None)
    is_early = at_s < LEARNT_S and index // GROUP % 3 == 2 and index % GROUP > 10
    if is_early or ghost_s is not None:
        image[140:220, 20:300] //= 3
    if ghost_s is not None:
        left = round(180 - 140 * ghost_s)
        cv2.rectangle(image, (left, 150), (left + walkers.PERSON[0], 150 + walkers.PERSON[1]), (0, 0, 255), -1)
    for bit in range(walkers.BITS):
        columns = slice(bit * walkers.BIT, (bit + 1) * walkers.BIT)
        image[walkers.HEIGHT - walkers.BIT :, columns] = 255 * (index >> bit & 1)
    return image


class LossyCamera:
    """The pictures as a camera delivers them, as fast as the pipeline takes them."""

    is_live = True
    ended = False
    fps_wanted = float(RATE)
    transport = None
    decoder = None

    def __init__(self, seconds: float, *, has_keyframes: bool = True) -> None:
        self._indices = deque(range(round(seconds * RATE)))
        self._has_keyframes = has_keyframes
        self.size = (walkers.HEIGHT, walkers.WIDTH)

    def read(self, timeout_s: float) -> Frame | None:  # noqa: ARG002 - a source's signature
        if not self._indices:
            self.ended = True
            return None
        index = self._indices.popleft()
        captured_at = STARTED + timedelta(seconds=index / RATE)
        has_keyframe = self._has_keyframes and index % GROUP == 0
        return Frame(index, index / RATE, captured_at, picture(index), has_keyframe=has_keyframe)

    def progress(self) -> None:
        return None

    def set_sample_fps(self, fps: float) -> None:  # noqa: ARG002 - a source's signature
        return None

    def set_check_interval(self, seconds: float) -> None:  # noqa: ARG002 - a source's signature
        return None

    def close(self) -> None:
        self.ended = True


class Watching(walkers.SeesRed):
    """A detector that remembers the numbers of the pictures that it was given."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def detect(self, image: Image) -> Detections:
        self.seen.add(round(walkers.clip_time(image) * walkers.FPS))
        return super().detect(image)


def process(
    source: LossyCamera, *, motion: MotionParameters | None = None
) -> tuple[list[FrameResult], Watching, CameraStatus]:
    detector, status = Watching(), CameraStatus()
    pipeline = Pipeline(
        lambda: source, lambda _size: detector, line=walkers.LINE, anchor=Anchor.CENTER, motion=motion, camera=status
    )
    results = [result for result in pipeline.frames() if result is not None]
    pipeline.close()
    return results, detector, status


@pytest.mark.parametrize("motion", [None, MotionParameters()], ids=["every frame", "behind the motion gate"])
def test_damaged_frames_reach_neither_the_detector_nor_the_counter(motion: MotionParameters | None) -> None:
    results, detector, _ = process(LossyCamera(34), motion=motion)
    assert [result.index for result in results] == list(range(340))
    damaged = [result.index for result in results if result.is_damaged]
    assert [index for index in damaged if index >= LEARNT_S * RATE] == [
        *range(275, 280), *range(295, 300), *range(315, 320),
    ]  # fmt: skip
    assert not set(damaged) & detector.seen
    assert all(not result.tracks and not result.people for result in results if result.is_damaged)
    crossings = [crossing for result in results for crossing in result.crossings]
    assert [crossing.direction for crossing in crossings] == [Direction.OUT]
    assert crossings[0].t == pytest.approx(
        LEARNT_S + (walkers.WIDTH / 2 + walkers.PERSON[0] / 2) / walkers.SPEED, abs=0.2
    )


def test_without_keyframes_nothing_is_judged_as_damaged() -> None:
    results, detector, status = process(LossyCamera(30, has_keyframes=False))
    assert len(detector.seen) == len(results) == 300
    assert status.damage is None
