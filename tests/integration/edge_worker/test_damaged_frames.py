"""A camera whose stream loses packets: marked frames reach neither the detector nor the counter, and are counted."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

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
from edge_worker.video import live_source
from edge_worker.video.camera_stream import StreamError
from edge_worker.video.damage import Damage
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Image
from edge_worker.video.live_source import LiveSource
from tests.faults.edge_worker import walkers

RATE = 10
FRAMES = 100
"""As many as fit into the buffer of frames, because this camera sends faster than the pipeline works."""
WALKS_S = 1.0
GHOSTS = (*range(25, 30), *range(50, 55), *range(75, 80))
"""The frames that are damaged and marked. The damage seems to cross the line."""
PATIENCE_S = 60.0
FLOOR = np.asarray(
    cv2.GaussianBlur(
        np.random.default_rng(1).integers(90, 160, (walkers.HEIGHT, walkers.WIDTH, 3)).astype(np.uint8), (0, 0), 3
    ),
    np.uint8,
)


def picture(index: int) -> Image:
    """A floor on which somebody walks; in the damaged frames something else looks like a person."""
    image = FLOOR.copy()
    left = round((index / RATE - WALKS_S) * walkers.SPEED - walkers.PERSON[0])
    cv2.rectangle(image, (left, 60), (left + walkers.PERSON[0], 60 + walkers.PERSON[1]), (0, 0, 255), -1)
    if index in GHOSTS:
        left = 180 - 14 * (index % 25)
        image[140:220, 20:300] //= 3
        cv2.rectangle(image, (left, 150), (left + walkers.PERSON[0], 150 + walkers.PERSON[1]), (0, 0, 255), -1)
    for bit in range(walkers.BITS):
        columns = slice(bit * walkers.BIT, (bit + 1) * walkers.BIT)
        image[walkers.HEIGHT - walkers.BIT :, columns] = 255 * (index >> bit & 1)
    return image


class LossyStream:
    """The pictures as an opened stream of a camera delivers them, with the marks of the decoder."""

    decoder = Decoder.SOFTWARE
    fps = float(RATE)
    is_skipped = False
    counts_missing = False

    def __init__(self, *, has_marks: bool) -> None:
        self._has_marks = has_marks
        self._index = -1

    @property
    def has_ended(self) -> bool:
        return self._index >= FRAMES

    @property
    def timestamp_s(self) -> float:
        return self._index / RATE

    @property
    def is_marked(self) -> bool:
        return self._has_marks and self._index in GHOSTS

    def grab(self, *, skip: bool = False) -> bool:  # noqa: ARG002 - a stream's signature
        self._index += 1
        return not self.has_ended

    def picture(self) -> Image:
        return picture(self._index)

    def close(self) -> None:
        return None


class Watching(walkers.SeesRed):
    """A detector that remembers the numbers of the pictures that it was given."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def detect(self, image: Image) -> Detections:
        self.seen.add(round(walkers.clip_time(image) * walkers.FPS))
        return super().detect(image)


def process(
    monkeypatch: pytest.MonkeyPatch, *, has_marks: bool = True, motion: MotionParameters | None = None
) -> tuple[list[FrameResult], Watching, CameraStatus, LiveSource]:
    """Count the frames of one connection; the camera is away afterwards."""
    connections = iter([LossyStream(has_marks=has_marks)])

    def open_stream(*_: object, **__: object) -> LossyStream:
        for connection in connections:
            return connection
        raise StreamError("it refused or did not answer")

    monkeypatch.setattr(live_source, "open_stream", open_stream)
    detector, status = Watching(), CameraStatus()
    source = LiveSource("rtsp://camera.invalid/door", first_frame_s=PATIENCE_S)
    pipeline = Pipeline(
        lambda: source, lambda _size: detector, line=walkers.LINE, anchor=Anchor.CENTER, motion=motion, camera=status
    )
    results = list(until_the_last_frame(pipeline))
    pipeline.close()
    return results, detector, status, source


def until_the_last_frame(pipeline: Pipeline) -> Iterator[FrameResult]:
    until = monotonic() + PATIENCE_S
    for result in pipeline.frames():
        assert monotonic() < until
        if result is not None:
            yield result
            if result.index == FRAMES - 1:
                return


@pytest.mark.parametrize("motion", [None, MotionParameters()], ids=["every frame", "behind the motion gate"])
def test_damaged_frames_reach_neither_the_detector_nor_the_counter(
    motion: MotionParameters | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, detector, _, _ = process(monkeypatch, motion=motion)
    assert [result.index for result in results] == [index for index in range(FRAMES) if index not in GHOSTS]
    assert not set(GHOSTS) & detector.seen
    assert {result.index: result.damaged for result in results if result.damaged} == {30: 5, 55: 5, 80: 5}
    crossings = [crossing for result in results for crossing in result.crossings]
    assert [crossing.direction for crossing in crossings] == [Direction.OUT]
    assert crossings[0].t == pytest.approx(
        WALKS_S + (walkers.WIDTH / 2 + walkers.PERSON[0] / 2) / walkers.SPEED, abs=0.2
    )


def test_without_marks_the_damage_is_counted_as_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the marks are good for: the same pictures without them."""
    results, detector, _, source = process(monkeypatch, has_marks=False)
    assert set(GHOSTS) <= detector.seen
    assert len([crossing for result in results for crossing in result.crossings]) > 1
    assert source.damage.damaged == 0


def test_the_share_of_damaged_frames_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, _, source = process(monkeypatch)
    assert source.damage == Damage(len(GHOSTS), FRAMES, is_reported=False), "three seconds with damage are few"
