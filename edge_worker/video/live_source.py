"""A camera: always the newest frame, in capture time, opened again whenever it goes away."""

from __future__ import annotations

import logging
import os
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

import cv2
import numpy as np

from edge_worker.errors import SourceLostError
from edge_worker.logs import redact
from edge_worker.video.frame import Frame, Image
from edge_worker.video.sampling import Sampler

log = logging.getLogger(__name__)

OPEN_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 4.0
"""FFmpeg gives up on a silent camera after this long."""
STUCK_S = 12.0
"""A reader that has not come back from FFmpeg for so long will not: another one takes over (the watchdog)."""
LONGEST_PAUSE_S = 4.0
"""Between attempts: with the open timeout, a camera that is back is seen again within 10 s."""
FIRST_FRAME_S = 20.0
"""How long `LiveSource` waits for a camera that does not answer at start before it says so."""


_Captured = tuple[Image, datetime, float]
"""A picture, when it was captured by the system clock, and by the monotonic clock."""


class LiveSource:
    """Reads a camera in a thread of its own, which keeps the newest frame only.

    Args:
        url: Such as ``rtsp://user:password@10.0.0.7/stream1``. The password appears in no message.
        sample_fps: Frames a second to hand out at most, chosen by capture time; None for all.
        first_frame_s: How long to wait for the first frame.

    Raises:
        SourceLostError: no frame came within ``first_frame_s``.
    """

    is_live = True

    def __init__(self, url: str, *, sample_fps: float | None = None, first_frame_s: float = FIRST_FRAME_S) -> None:
        # TCP: lost UDP packets smear the picture. Read by OpenCV when it opens a capture.
        os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp")
        self._url = url
        self._sampler = Sampler(sample_fps)
        self._changed = threading.Condition()
        self._newest: _Captured | None = None
        self._generation = 0
        self._alive_at = monotonic()
        self._started_at: float | None = None
        self._index = 0
        self._dropped = 0
        self._reconnects = 0
        self._closed = False
        self._problem = "it did not answer"
        self._start_reader()
        first = self._wait(first_frame_s)
        if first is None:
            self.close()
            raise SourceLostError(
                f"no picture from {redact(url)} within {first_frame_s:g} s: {self._problem}; check the address, the "
                f"password and that the camera is on"
            )
        self.size = (first[0].shape[0], first[0].shape[1])

    @property
    def ended(self) -> bool:
        return self._closed

    def read(self, timeout_s: float) -> Frame | None:
        """The newest frame that is due; None when there was none for ``timeout_s`` or the source was closed."""
        self._watch()
        if self._wait(timeout_s) is None:
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
        return None

    def set_sample_fps(self, fps: float) -> None:
        self._sampler = Sampler(fps)

    def close(self) -> None:
        """Ends the reader as soon as FFmpeg lets it go; wakes whoever waits in `read`."""
        with self._changed:
            self._closed = True
            self._generation += 1
            self._changed.notify_all()

    def _wait(self, timeout_s: float) -> _Captured | None:
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._closed, timeout_s)
            return self._newest

    def _watch(self) -> None:
        with self._changed:
            stuck = not self._closed and monotonic() - self._alive_at > STUCK_S
        if stuck:
            log.warning("the camera's reader is stuck, starting another", extra={"source": redact(self._url)})
            with self._changed:
                self._reconnects += 1
            self._start_reader()

    def _start_reader(self) -> None:
        with self._changed:
            self._generation += 1
            self._alive_at = monotonic()
            generation = self._generation
        threading.Thread(target=self._read_for_ever, args=(generation,), name="camera", daemon=True).start()

    def _is_current(self, generation: int) -> bool:
        with self._changed:
            self._alive_at = monotonic() if generation == self._generation else self._alive_at
            return generation == self._generation and not self._closed

    def _read_for_ever(self, generation: int) -> None:
        failures = 0
        connected = False
        while self._is_current(generation):
            capture = cv2.VideoCapture()
            try:
                limits = [
                    cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(OPEN_TIMEOUT_S * 1000),
                    cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(READ_TIMEOUT_S * 1000),
                ]  # fmt: skip
                if capture.open(self._url, cv2.CAP_FFMPEG, limits):
                    if connected:
                        with self._changed:
                            self._reconnects += 1
                    if self._drain(capture, generation):
                        failures, connected = 0, True
                    self._problem = "it stopped sending"
                else:
                    self._problem = "it refused or did not answer"
            finally:
                capture.release()
            if not self._is_current(generation):
                return
            log.warning("the camera is away, opening it again", extra={"source": redact(self._url)})
            failures += 1
            self._pause(pause_s(failures))

    def _drain(self, capture: cv2.VideoCapture, generation: int) -> bool:
        """Takes frames until none comes any more; whether there was any."""
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


def pause_s(failures: int, fraction: Callable[[], float] = random.random) -> float:
    """Seconds before attempt ``failures`` + 1: doubling from 0.25 s up to `LONGEST_PAUSE_S`.

    Half of it is random, so that the cameras of a store do not all come at once when the switch is back.
    """
    ceiling = min(LONGEST_PAUSE_S, 0.25 * 2.0 ** min(failures, 10))
    return ceiling * (0.5 + 0.5 * fraction())
