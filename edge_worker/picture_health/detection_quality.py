"""How well the detector knows the people at the line. Pure."""

from __future__ import annotations

from collections import deque

from edge_worker.picture_health.parameters import DetectionQualityParameters
from edge_worker.tracking.byte_track import Track


class DetectionQuality:
    """The detections of one track.

    A detector that was trained on people from the side answers with low scores for people close to the camera from
    straight above, and their boxes are about as wide as high. Tracks of such detections break and jump, so that their
    crossings are missed or counted twice. Somebody who stands upright is about 0.4 times as wide as high.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: DetectionQualityParameters | None = None) -> None:
        self.parameters = parameters or DetectionQualityParameters()
        self._scores = 0.0
        self._frames = 0
        self._shapes = 0.0
        self._heights = 0.0
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
            self._whole += 1

    @property
    def is_doubtful(self) -> bool:
        """Return whether the person is close, as wide as high, and hardly recognised. False without a whole box."""
        if not self._whole:
            return False
        parameters = self.parameters
        return (
            self._scores < parameters.max_score * self._frames
            and self._shapes > parameters.min_shape * self._whole
            and self._heights > parameters.min_height * self._whole
        )


class DoubtfulPeople:
    """Decides from the tracks at the line whether the detector knows the view.

    Args:
        parameters: The thresholds.

    Attributes:
        is_reported: Whether the detector hardly knows the people at the line.
    """

    def __init__(self, parameters: DetectionQualityParameters | None = None) -> None:
        self.parameters = parameters or DetectionQualityParameters()
        self.is_reported = False
        self._judged: deque[tuple[float, bool]] = deque(maxlen=self.parameters.people)

    @property
    def doubtful(self) -> int:
        """Return how many of the newest people were doubtful."""
        return sum(is_doubtful for _, is_doubtful in self._judged)

    @property
    def people(self) -> int:
        """Return the number of the newest people."""
        return len(self._judged)

    def add(self, t: float, doubtful: list[bool]) -> None:
        """Process a frame.

        Args:
            t: Its time in seconds; not before the previous one.
            doubtful: For each person whose track at the line ended with it: whether they were doubtful.
        """
        self._judged.extend((t, is_doubtful) for is_doubtful in doubtful)
        while self._judged and t - self._judged[0][0] > self.parameters.memory_s:
            self._judged.popleft()
        if not self._judged:
            self.is_reported = False
            return
        share = self.doubtful / len(self._judged)
        if self.is_reported:
            self.is_reported = share > self.parameters.known_share
            return
        span_s = self._judged[-1][0] - self._judged[0][0]
        is_enough = len(self._judged) >= self.parameters.min_people and span_s >= self.parameters.min_span_s
        self.is_reported = is_enough and share >= self.parameters.doubtful_share
