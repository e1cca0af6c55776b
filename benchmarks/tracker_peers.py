"""Ultralytics' trackers on the same detections.

Each tracker has its defaults, without the compensation of camera motion, because the cameras do not move.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from edge_worker.detection.detector import Detections
from edge_worker.evaluation.recorded_detections import ClipDetections
from edge_worker.evaluation.replay import TrackedFrame
from edge_worker.tracking.box_height_filter import BoxHeightFilter
from edge_worker.tracking.byte_track import Track

TRACKERS = ("bytetrack", "tracktrack")
"""ByteTrack, and the default of Ultralytics 8.4."""


def track_with_ultralytics(clip: ClipDetections, name: str, step: int) -> list[TrackedFrame]:
    """Return the tracks of every ``step``-th frame of a clip, with the boxes as the tracker returns them.

    Args:
        clip: The detections of every frame.
        name: A name of Ultralytics' tracker configurations.
        step: 2 is half the frame rate.

    Raises:
        ImportError: Ultralytics is not installed.
    """
    from ultralytics.trackers.track import TRACKER_MAP
    from ultralytics.utils import YAML, checks

    yaml: Any = YAML
    find: Any = checks.check_yaml
    settings = SimpleNamespace(**yaml.load(find(f"{name}.yaml")) | {"gmc_method": "none"})
    tracker: Any = TRACKER_MAP[settings.tracker_type](args=settings)
    image = np.zeros((*clip.size, 3), np.uint8)
    frames = []
    for frame in clip.every(step):
        rows = np.asarray(tracker.update(_Boxes(frame.detections), image), np.float64).reshape(-1, 8)
        tracks = tuple(Track(int(row[4]), (row[0], row[1], row[2], row[3]), float(row[5])) for row in rows.tolist())
        frames.append(TrackedFrame(frame.index, frame.media_s, tracks))
    return frames


def with_box_heights(frames: Sequence[TrackedFrame]) -> list[TrackedFrame]:
    """Return the tracks with the boxes corrected by our box height filter, as our line counter gets them."""
    box_height_filter = BoxHeightFilter()
    return [
        TrackedFrame(frame.index, frame.media_s, tuple(box_height_filter.update(list(frame.tracks), frame.media_s)))
        for frame in frames
    ]


class _Boxes:
    """What the trackers read of `ultralytics.engine.results.Boxes`."""

    def __init__(self, detections: Detections) -> None:
        self._detections = detections
        self.xyxy, self.conf = detections.boxes, detections.scores
        self.cls = np.zeros(len(detections), np.float32)

    @property
    def xywh(self) -> npt.NDArray[np.float32]:
        return np.concatenate([(self.xyxy[:, :2] + self.xyxy[:, 2:]) / 2, self.xyxy[:, 2:] - self.xyxy[:, :2]], axis=1)

    def __getitem__(self, index: Any) -> _Boxes:
        return _Boxes(Detections(self.xyxy[index], self.conf[index]))

    def __len__(self) -> int:
        return len(self.conf)
