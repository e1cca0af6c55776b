"""The decision whether to run detection on a frame. Pure."""

from __future__ import annotations

from collections import deque
from math import inf

from edge_worker.motion.parameters import MotionParameters
from edge_worker.video.frame import Frame

GateDecision = tuple[Frame, bool]
"""A frame, and whether to run detection on it."""


class MotionGate:
    """Takes frames one by one and returns them in the same order, each with its decision.

    While the gate is closed it holds the newest `MotionParameters.lookback_frames` frames, so that detection also runs
    on them if the next frame has motion.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: MotionParameters) -> None:
        self._parameters = parameters
        self._held: deque[Frame] = deque()
        self._active_at = -inf
        self._detected_at = -inf
        self._newest_s = -inf
        self._changed_at = -inf

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing has moved and nobody was there for `MotionParameters.quiet_s`."""
        return self._newest_s - self._active_at >= self._parameters.quiet_s

    def add(
        self, frame: Frame, *, has_motion: bool, people_present: bool, has_faint_change: bool = True
    ) -> list[GateDecision]:
        """Add a frame and return the frames that are decided by now.

        Args:
            frame: The next frame; its media time is later than that of the previous one.
            has_motion: Something moves in the frame.
            has_faint_change: Something may have changed in the frame.
            people_present: The tracker or the counter held anybody in its latest report.
        """
        self._held.append(frame)
        self._newest_s = frame.media_s
        if has_faint_change:
            self._changed_at = frame.media_s
        if has_motion or people_present:
            self._active_at = frame.media_s
        if frame.media_s - self._active_at < self._parameters.still_s:
            return [self._release_for_detection() for _ in range(len(self._held))]
        return [self._release_oldest()] if len(self._held) > self._parameters.lookback_frames else []

    def flush(self) -> list[GateDecision]:
        """Return the frames that are still held, when the source has ended."""
        return [self._release_oldest() for _ in range(len(self._held))]

    def _release_oldest(self) -> GateDecision:
        media_s = self._held[0].media_s
        if media_s - self._detected_at >= self._detection_interval_s(media_s):
            return self._release_for_detection()
        return self._held.popleft(), False

    def _detection_interval_s(self, media_s: float) -> float:
        if media_s - self._active_at < self._parameters.quiet_s:
            return self._parameters.detect_every_s
        has_changed = self._changed_at > self._detected_at
        return self._parameters.detect_quiet_s if has_changed else self._parameters.detect_unchanged_s

    def _release_for_detection(self) -> GateDecision:
        frame = self._held.popleft()
        self._detected_at = frame.media_s
        return frame, True
