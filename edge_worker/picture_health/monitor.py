"""The picture of one camera: all checks together, with one result at a time."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.counting.line import Anchor, Line
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.picture_health.detection_quality import DoubtfulPeople
from edge_worker.picture_health.freeze import FreezeDetector
from edge_worker.picture_health.line_motion import LineMotion
from edge_worker.picture_health.line_tracks import LineTracks
from edge_worker.picture_health.problem import (
    VIEW_PICTURES,
    damaged_sentence,
    doubtful_sentence,
    frozen_sentence,
    unseen_sentence,
    view_sentence,
)
from edge_worker.picture_health.unseen_people import UnseenPeople
from edge_worker.picture_health.view import ViewMonitor
from edge_worker.picture_health.view_file import ViewFile
from edge_worker.pipeline.frame_result import FrameResult

log = logging.getLogger(__name__)

SAMPLE_S = 1.0
"""Seconds between the pictures that are checked for a freeze and compared with the calibrated view."""
CLOCK_STEP_S = 5.0
"""A larger step of the time of the frames, in either direction, is a change of the clock or an outage, not a pause."""


@dataclass(frozen=True, slots=True)
class CountedLine:
    """The line that is counted at.

    Attributes:
        version: Its version in the backend; None if it is not the backend's.
        view_accepted_at: When the view of the camera was accepted for it; None if never.
    """

    line: Line
    anchor: Anchor
    version: int | None
    view_accepted_at: str | None = None

    @property
    def key(self) -> str:
        """Return the text that identifies the line and its view in the file of the calibrated view."""
        accepted = f":{self.view_accepted_at}" if self.view_accepted_at else ""
        return f"{self.version}:{self.line}:{self.anchor.value}{accepted}"


class PictureMonitor:
    """Checks the frames of a camera and writes the result to its `CameraStatus`.

    Of several problems the most severe is reported: frozen, then covered, moved, damaged, people not seen. A
    picture that is frozen or covered says nothing about the others.

    Args:
        camera: Gets ``picture``, ``picture_problem``, ``person_height`` and ``track_ends``.
        counted: The counting line.
        views: Where the calibrated view is kept over a restart; None for nowhere.

    Attributes:
        line_sample: What was measured at the line in the newest frame; None if nothing was.
    """

    def __init__(self, camera: CameraStatus, counted: CountedLine, views: ViewFile | None = None) -> None:
        self._camera = camera
        self._views = views
        self._freeze = FreezeDetector()
        self._elapsed_s = 0.0
        self._frame_s: float | None = None
        self.line_sample: LineSample | None = None
        self._sampled_s = self._moved_s = -SAMPLE_S
        self.set_line(counted)

    @property
    def is_frozen(self) -> bool:
        """Return whether the picture is frozen: its frames are not observed."""
        return self._freeze.is_frozen

    @property
    def may_be_frozen(self) -> bool:
        """Return whether the picture has stood still for some seconds, and whether it is frozen is known soon."""
        return self._freeze.is_suspected

    def set_line(self, counted: CountedLine) -> None:
        """Use another line: the present view of the camera is calibrated for it."""
        self._counted = counted
        view = self._views.read(counted.key) if self._views else None
        self._is_view_stored = view is not None
        self._view = ViewMonitor(view)
        self._motion = LineMotion(counted.line)
        self._unseen = UnseenPeople()
        self._doubtful, self._region = DoubtfulPeople(), self._camera.region
        self._tracks = LineTracks(counted.line, counted.anchor)

    def add(self, frame: FrameResult, taken_s: float) -> None:
        """Process a frame; one without a picture is ignored.

        Args:
            frame: The frame.
            taken_s: When it was taken, in seconds since any fixed moment.
        """
        self.line_sample = None
        if not frame.image.size:
            return
        t = self._advance(taken_s)
        height, width = frame.image.shape[:2]
        for point in self._tracks.add(frame.tracks, (height, width), t):
            self._camera.track_ends.add(*point)
        self._camera.person_height = self._tracks.person_height
        if self._camera.region != self._region:  # how well people were recognised before says nothing now
            self._doubtful, self._region = DoubtfulPeople(), self._camera.region
        self._doubtful.add(t, self._tracks.doubts)
        has_passed = t - self._moved_s >= 1 / self._motion.parameters.rate_hz - 1e-3
        if has_passed:
            self._moved_s = t
            has_passed = self._motion.add(frame.image, t)
            self.line_sample = LineSample(frame.image, t, has_passed, self._tracks.touches_line)
        self._unseen.add(t, has_passed=has_passed, is_seen=self._tracks.touches_line)
        if t - self._sampled_s >= SAMPLE_S - 1e-3:
            self._sampled_s = t
            self._freeze.add(frame.image, t)
            if not self._freeze.is_frozen and not self._freeze.is_suspected:
                self._view.add(frame.image, t)
                self._store_view()
            self._report()

    # -- internal ------------------------------------------------------------------------------------------------------

    def _advance(self, taken_s: float) -> float:
        """Return the seconds since the first frame, without steps of the clock and without outages."""
        step = 0.0 if self._frame_s is None else taken_s - self._frame_s
        self._frame_s = taken_s
        self._elapsed_s += step if 0 < step <= CLOCK_STEP_S else 1e-3
        return self._elapsed_s

    def _store_view(self) -> None:
        if self._view.view is None or self._is_view_stored:
            return
        self._is_view_stored = True
        log.info("the view of the camera is calibrated", extra={"line_version": self._counted.version})
        if self._views:
            self._views.write(self._counted.key, self._view.view)

    def _report(self) -> None:
        picture, problem = self._result()
        if picture is not self._camera.picture:
            if problem is not None:
                log.warning("%s", problem, extra={"picture": picture})
            elif self._camera.has_picture_problem:
                log.info("the picture is ok again", extra={"picture": picture})
        self._camera.picture, self._camera.picture_problem = picture, problem

    def _result(self) -> tuple[Picture | None, str | None]:
        if self._freeze.is_frozen:
            return Picture.FROZEN, frozen_sentence(self._freeze.still_s)
        view = self._view.problem
        if view is not None:
            return VIEW_PICTURES[view], view_sentence(view, self._view.detail)
        if self._camera.damage is not None and self._camera.damage.is_reported:
            return Picture.DAMAGED, damaged_sentence(self._camera.damage, self._camera.transport)
        if self._unseen.is_reported:
            return Picture.PEOPLE_NOT_SEEN, unseen_sentence(self._unseen.unseen, self._unseen.passages)
        if self._doubtful.is_reported:
            doubtful = self._doubtful
            sentence = doubtful_sentence(doubtful.doubtful, doubtful.people, are_small=doubtful.are_small)
            return Picture.PEOPLE_NOT_SEEN, sentence
        return (Picture.OK if self._view.has_compared else None), None
