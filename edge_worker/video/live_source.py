"""Cameras: the newest frame, in capture time, with reconnection."""

from __future__ import annotations

import logging
import random
import threading
from datetime import UTC, datetime
from functools import partial
from time import monotonic

import cv2
import numpy as np

from edge_worker.backoff import Backoff
from edge_worker.errors import SourceLostError
from edge_worker.process_exit import NativeThread
from edge_worker.redaction import redact
from edge_worker.video.capture import open_capture
from edge_worker.video.frame import Frame, Image
from edge_worker.video.timing import FrameSampler

log = logging.getLogger(__name__)

OPEN_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 4.0
"""FFmpeg gives up on a camera that sends nothing after this time."""
STUCK_S = 12.0
"""A reader thread that FFmpeg has blocked for longer than this is replaced by a new one."""
RECONNECT_BACKOFF = Backoff(first_s=0.5, longest_s=4.0)
"""Delays between attempts. With the open timeout, a camera that is back delivers frames within 10 s."""
FIRST_FRAME_S = 20.0
"""How long `LiveSource` waits at start for the first frame of a camera."""

_CapturedFrame = tuple[Image, datetime, float]
"""An image with its capture time by the system clock and by the monotonic clock."""


class LiveSource:
    """Reads a camera in a thread of its own, which keeps the newest frame only.

    Args:
        url: Such as ``rtsp://user:password@10.0.0.7/stream1``, or a webcam such as ``0``. The password appears in no
            message.
        sample_fps: Largest number of frames per second, selected by capture time; None for all.
        first_frame_s: Seconds to wait for the first frame.

    Raises:
        SourceLostError: No frame arrived within ``first_frame_s``.
    """

    is_live = True

    def __init__(self, url: str, *, sample_fps: float | None = None, first_frame_s: float = FIRST_FRAME_S) -> None:
        self._url = url
        self._sampler = FrameSampler(sample_fps)
        self._changed = threading.Condition()
        self._newest: _CapturedFrame | None = None
        self._generation = 0
        self._alive_at = monotonic()
        self._started_at: float | None = None
        self._index = 0
        self._dropped = 0
        self._reconnects = 0
        self._closed = False
        self._problem = "it did not answer"
        self._start_reader()
        first = self._wait_for_frame(first_frame_s)
        if first is None:
            self.close()
            raise SourceLostError(
                f"no frame from {redact(url)} within {first_frame_s:g} s: {self._problem}; check the address, the "
                f"password and that the camera is on"
            )
        self.size = (first[0].shape[0], first[0].shape[1])

    @property
    def ended(self) -> bool:
        """Return whether the source was closed."""
        return self._closed

    def read(self, timeout_s: float) -> Frame | None:
        """Return the newest frame; None if none arrived within ``timeout_s`` or the source was closed."""
        self._replace_stuck_reader()
        if self._wait_for_frame(timeout_s) is None:
            return None
        with self._changed:
            if self._newest is None:
                return None
            image, captured_at, at = self._newest
            self._newest = None
            if self._started_at is None:
                self._started_at = at
            frame = Frame(self._index, at - self._started_at, captured_at, image, self._dropped, self._reconnects)
            self._index += 1
            self._dropped = self._reconnects = 0
            return frame

    def progress(self) -> float | None:
        """Return None: a camera has no end."""
        return None

    def set_sample_fps(self, fps: float) -> None:
        """Change the largest number of frames per second."""
        self._sampler = FrameSampler(fps)

    def close(self) -> None:
        """End the reader thread as soon as FFmpeg returns, and wake `read`."""
        with self._changed:
            self._closed = True
            self._generation += 1
            self._changed.notify_all()

    def _wait_for_frame(self, timeout_s: float) -> _CapturedFrame | None:
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._closed, timeout_s)
            return self._newest

    def _replace_stuck_reader(self) -> None:
        with self._changed:
            stuck = not self._closed and monotonic() - self._alive_at > STUCK_S
        if stuck:
            log.warning("the reader of the camera is stuck; starting another one", extra={"source": redact(self._url)})
            with self._changed:
                self._reconnects += 1
            self._start_reader()

    def _start_reader(self) -> None:
        with self._changed:
            self._generation += 1
            self._alive_at = monotonic()
            generation = self._generation
        NativeThread(partial(self._read_until_closed, generation), stop=self.close, name="camera").start()

    def _is_current(self, generation: int) -> bool:
        with self._changed:
            self._alive_at = monotonic() if generation == self._generation else self._alive_at
            return generation == self._generation and not self._closed

    def _read_until_closed(self, generation: int) -> None:
        failures = 0
        connected = False
        while self._is_current(generation):
            capture = open_capture(self._url, open_timeout_s=OPEN_TIMEOUT_S, read_timeout_s=READ_TIMEOUT_S)
            try:
                if capture.isOpened():
                    if connected:
                        with self._changed:
                            self._reconnects += 1
                    if self._read_frames(capture, generation):
                        failures, connected = 0, True
                    self._problem = "it stopped sending"
                else:
                    self._problem = "it refused or did not answer"
            finally:
                capture.release()
            if not self._is_current(generation):
                return
            log.warning("the camera does not answer; reconnecting", extra={"source": redact(self._url)})
            failures += 1
            self._pause(RECONNECT_BACKOFF.delay_s(failures, random.random()))  # noqa: S311 - jitter

    def _read_frames(self, capture: cv2.VideoCapture, generation: int) -> bool:
        """Read frames until the camera stops sending; return whether there was any."""
        any_frame = False
        while self._is_current(generation):
            if not capture.grab():
                return any_frame
            at, captured_at = monotonic(), datetime.now(UTC)
            if not self._sampler.is_due(at):
                any_frame = True
                continue
            ok, image = capture.retrieve()
            if not ok or image is None:
                return any_frame
            any_frame = True
            with self._changed:
                if generation != self._generation:
                    return True
                self._dropped += self._newest is not None
                self._newest = (np.asarray(image, np.uint8), captured_at, at)
                self._changed.notify_all()
        return any_frame

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)
