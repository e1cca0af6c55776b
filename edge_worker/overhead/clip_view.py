"""Finds out from a clip, while it is counted, whether its camera looks from straight above."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from edge_worker.counting.line import Anchor, Line
from edge_worker.overhead.decision import PassageResult, ViewDecision
from edge_worker.overhead.parameters import DecisionParameters
from edge_worker.overhead.passage_pictures import LineSample, PassagePictures
from edge_worker.overhead.passage_trial import try_turns
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.picture_health.line_motion import LineMotion
from edge_worker.picture_health.line_tracks import LineTracks
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import Image

LONGEST_S = 600.0
"""The view is found out from this much of the clip."""
CLIP_DECISION = DecisionParameters(min_passages=4)
"""A clip is decided with fewer passages than a camera: it may be short."""


class ClipView:
    """Gets the frames and the tracks of a clip that is counted as a view from the side.

    Args:
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        open_detector: Returns the detector for the frames. It is called when a passage is tried first.
    """

    def __init__(self, line: Line, anchor: Anchor, open_detector: Callable[[], ViewDetector]) -> None:
        self._line = line
        self._open_detector = open_detector
        self._detector: ViewDetector | None = None
        self._motion = LineMotion(line)
        self._tracks = LineTracks(line, anchor)
        self._pictures = PassagePictures()
        self._decision = ViewDecision(CLIP_DECISION)
        self._sampled_s = -1.0

    @property
    def is_above(self) -> bool:
        """Return whether the camera looks from straight above, so that the clip has to be counted anew."""
        return self._decision.is_above

    def add(self, image: Image, t: float, tracks: Sequence[Track]) -> None:
        """Process a frame.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Seconds since the start of the clip; later than the previous frame.
            tracks: The confirmed tracks that were observed in it.

        Raises:
            EdgeError: The detector cannot be opened, or the engine failed.
        """
        if self.is_above or t > LONGEST_S:
            return
        self._tracks.add(tracks, (image.shape[0], image.shape[1]), t)
        if t - self._sampled_s < 1 / self._motion.parameters.rate_hz - 1e-3:
            return
        self._sampled_s = t
        has_passed = self._motion.add(image, t)
        passage = self._pictures.add(LineSample(image, t, has_passed, self._tracks.touches_line))
        if passage is None:
            return
        result = PassageResult(plain=True, turned=None)
        if not passage.was_seen:
            self._detector = self._detector or self._open_detector()
            result = try_turns(passage.pictures, self._detector, self._line)
        self._decision.add(passage.t, result)
