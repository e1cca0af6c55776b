"""How well the detector knows the people at the line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from edge_worker.picture_health.judgements import Judgements
from edge_worker.picture_health.parameters import DetectionQualityParameters
from edge_worker.tracking.byte_track import Track


class Doubt(Enum):
    """Why the detector hardly knows a person."""

    CLOSE_FROM_ABOVE = "close from above"
    SMALL = "small"


class DetectionQuality:
    """The detections of one track.

    A detector that was trained on people from the side answers with low scores for people close to the camera from
    straight above, and their boxes are about as wide as high. Tracks of such detections break and jump, so that their
    crossings are missed or counted twice. Somebody who stands upright is about 0.4 times as wide as high. People of a
    few pixels get low scores as well, and many of them are missed.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: DetectionQualityParameters | None = None) -> None:
        self.parameters = parameters or DetectionQualityParameters()
        self._scores = 0.0
        self._frames = 0
        self._shapes = 0.0
        self._heights = 0.0
        self._pixels = 0.0
        self._whole = 0

    def add(self, track: Track, size: tuple[int, int]) -> None:
        """Add the detection of a frame.

        Args:
            track: The track as observed in the frame.
            size: (height, width) of the frame in pixels.
        """
        self._scores += track.score
        self._frames += 1
        height, width = size
        x1, y1, x2, y2 = track.box
        edge = self.parameters.edge
        if min(x1, y1) > edge and x2 < width - edge and y2 < height - edge:
            self._shapes += (x2 - x1) / (y2 - y1)
            self._heights += (y2 - y1) / height
            self._pixels += y2 - y1
            self._whole += 1

    @property
    def doubt(self) -> Doubt | None:
        """Return why the person is hardly recognised; None if they are, or without a whole box."""
        if not self._whole:
            return None
        parameters = self.parameters
        score, shape = self._scores / self._frames, self._shapes / self._whole
        if score < parameters.max_small_score and self._pixels < parameters.max_small_height * self._whole:
            return Doubt.SMALL
        is_close = self._heights > parameters.min_height * self._whole
        is_from_above = is_close and shape > parameters.min_shape and score < parameters.max_score
        return Doubt.CLOSE_FROM_ABOVE if is_from_above else None


class DoubtfulPeople:
    """Decides from the tracks at the line whether the detector knows the view.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: DetectionQualityParameters | None = None) -> None:
        self.parameters = parameters or DetectionQualityParameters()
        self._judged: Judgements[Doubt] = Judgements(self.parameters.limits)

    @property
    def is_reported(self) -> bool:
        """Return whether the detector hardly knows the people at the line."""
        return self._judged.is_reported

    @property
    def doubtful(self) -> int:
        """Return how many of the newest people were doubtful."""
        return self._judged.faulty

    @property
    def are_small(self) -> bool:
        """Return whether most of the doubtful people are small."""
        return sum(doubt is Doubt.SMALL for doubt in self._judged.faults) > self.doubtful / 2

    @property
    def people(self) -> int:
        """Return the number of the newest people."""
        return len(self._judged)

    def add(self, t: float, doubts: Sequence[Doubt | None]) -> None:
        """Process a frame.

        Args:
            t: Its time in seconds; not before the previous one.
            doubts: For each person whose track at the line ended with it: why they were hardly recognised; None if
                they were well.
        """
        for doubt in doubts:
            self._judged.add(t, doubt)
        self._judged.decide(t)
