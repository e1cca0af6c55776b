"""What the worker knows about the picture, the speed and the people of one camera: the optional part of a heartbeat.

The counting side writes a `CameraStatus`, the heartbeat and the status read it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from edge_worker.limits import MAX_TRACK_ENDS
from edge_worker.overhead.view import View
from edge_worker.video.damage import Damage


class Picture(StrEnum):
    """What is wrong with the picture of a camera, or ``ok``."""

    OK = "ok"
    FROZEN = "frozen"
    COVERED = "covered"
    MOVED = "moved"
    DAMAGED = "damaged"
    PEOPLE_NOT_SEEN = "people_not_seen"


class TrackEnds:
    """The points near the line where tracks ended since the last delivered heartbeat, without ids.

    Safe for use by several threads: the counting thread adds points, the uplink reads and removes them.

    Example:
        >>> ends = TrackEnds()
        >>> ends.add(0.5, 0.25)
        >>> ends.waiting()
        [(0.5, 0.25)]
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._points: deque[tuple[float, float]] = deque(maxlen=MAX_TRACK_ENDS)

    def add(self, x: float, y: float) -> None:
        """Add the anchor of a track in the last frame in which it was observed.

        Args:
            x: Share of the picture's width, 0..1; a point outside is moved to the edge.
            y: Share of the picture's height, 0..1.
        """
        point = (round(min(max(x, 0.0), 1.0), 4), round(min(max(y, 0.0), 1.0), 4))
        with self._mutex:
            self._points.append(point)

    def waiting(self) -> list[tuple[float, float]]:
        """Return the points that have not been delivered, oldest first."""
        with self._mutex:
            return list(self._points)

    def settle(self, delivered: Sequence[tuple[float, float]]) -> None:
        """Remove the points that a heartbeat has delivered; points that were added meanwhile stay."""
        with self._mutex:
            for point in delivered:
                if point in self._points:
                    self._points.remove(point)


@dataclass(slots=True)
class CameraStatus:
    """The newest measurements of a camera. None means unknown, and is left out of the heartbeat.

    Only the counting side writes: the pipeline and its threads. Each attribute is replaced as a whole, so any thread
    may read.

    Attributes:
        picture: What the picture shows; None before it is known, and while no frame arrives.
        fps_wanted: Frames per second that should be analysed: the rate of the camera, limited by ``sample_fps``.
        fps_reached: Frames per second that were analysed in the last minute.
        decode_ms: Mean time to decode a frame in the last minute, in milliseconds.
        inference_ms: Mean time of the detector per frame in the last minute, in milliseconds.
        device: Engine and device of the detector, such as ``openvino:cpu``.
        person_height: Median height of the boxes of people near the line, as a share of the picture's height, 0..1.
        walking_speed: Median speed of people who walk, in their heights per second. Not part of the heartbeat.
        walking_height: Median height of people who walk, in pixels. Not part of the heartbeat.
        transport: How the stream arrives: ``tcp`` or ``udp``. Not part of the heartbeat.
        decoder: What decodes the source, such as ``software`` or ``vaapi``. Not part of the heartbeat.
        damage: How many frames of the last minute lost packets have damaged. Not part of the heartbeat.
        view: From where the camera sees the people: ``above`` while its pictures are turned. Not part of the heartbeat,
            but of the name of its model.
        region: The part of the picture that the model looks at, as x1, y1, x2, y2 in shares of the picture's width and
            height; None for the whole picture. Not part of the heartbeat.
        track_ends: Where tracks ended near the line.
        picture_problem: What is wrong with the picture and what to do, one sentence; None if nothing is.
    """

    picture: Picture | None = None
    fps_wanted: float | None = None
    fps_reached: float | None = None
    decode_ms: float | None = None
    inference_ms: float | None = None
    device: str | None = None
    person_height: float | None = None
    walking_speed: float | None = None
    walking_height: float | None = None
    transport: str | None = None
    decoder: str | None = None
    damage: Damage | None = None
    view: View | None = None
    region: tuple[float, float, float, float] | None = None
    track_ends: TrackEnds = field(default_factory=TrackEnds)
    picture_problem: str | None = None

    @property
    def has_picture_problem(self) -> bool:
        """Return whether frames arrive whose picture is not ok."""
        return self.picture not in (None, Picture.OK)

    def measurements(self) -> dict[str, float | str]:
        """Return the known measurements by name, without the track ends."""
        values: dict[str, float | str | None] = {
            "picture": None if self.picture is None else self.picture.value,
            "fps_wanted": _rounded(self.fps_wanted, 2),
            "fps_reached": _rounded(self.fps_reached, 2),
            "decode_ms": _rounded(self.decode_ms, 2),
            "inference_ms": _rounded(self.inference_ms, 2),
            "device": self.device,
            "person_height": _rounded(self.person_height, 4),
        }
        return {name: value for name, value in values.items() if value is not None}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)
