"""One connection to a camera: which of its frames are decoded, and when they were captured."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, thread_time

import cv2
import numpy as np

from edge_worker.video.capture import StreamSocket
from edge_worker.video.capture_clock import MAX_LAG_S, CaptureClock
from edge_worker.video.frame_buffer import BufferedFrame, FrameBuffer
from edge_worker.video.timing import FrameSampler

log = logging.getLogger(__name__)

SETTLE_S = 0.2
"""FFmpeg reads up to three seconds of a stream while it opens it, and returns them at once. The capture times of a
connection are known when their offset has not fallen for this long."""
SMALL_LAG_S = 1.0
"""Frames that are dropped because of `MAX_LAG_S` are dropped until the lag is below this."""
CATCH_UP_S = 3.0
"""If dropping does not make the lag small within this time, the stream is opened again, which skips what is queued."""
WAITED_SHARE = 0.8
"""If data waited before at least this share of the frames that were dropped, decoding causes the lag."""
BUSY_SHARE = 0.5
"""Without a known socket: data has probably waited if decoding took this share of the time between two frames."""
MAX_FAILED_READS = 5
"""FFmpeg returns no frame for a damaged packet. After so many in a row, the stream is opened again."""

KEYFRAME = ord("I")
"""OpenCV's type of a frame that does not depend on another one."""


class DecodingTime:
    """The mean time that a frame of a camera takes to decode, over the frames since it was last asked for."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._busy_s = 0.0
        self._frames = 0
        self._mean_s = 0.0

    def add(self, busy_s: float) -> None:
        """Count a decoded frame and the CPU time that it took, in seconds."""
        with self._mutex:
            self._busy_s += busy_s
            self._frames += 1

    def mean_s(self) -> float:
        """Return the mean in seconds; the last one if no frame was decoded since then."""
        with self._mutex:
            if self._frames:
                self._mean_s = self._busy_s / self._frames
                self._busy_s, self._frames = 0.0, 0
            return self._mean_s


class CameraConnection:
    """Reads one connection to a camera until it ends. Used by one thread.

    Attributes:
        problem: Why the connection has ended.
        unreadable: How many of the newest pictures, in a row, could not be decoded.
    """

    def __init__(
        self,
        capture: cv2.VideoCapture,
        socket: StreamSocket | None,
        clock: CaptureClock,
        buffer: FrameBuffer,
        decoding: DecodingTime,
    ) -> None:
        self._capture = capture
        self._socket = socket
        self._clock = clock
        self._buffer = buffer
        self._decoding = decoding
        self._cpu_s = thread_time()
        self._is_settled = False
        self._settling: tuple[float, float] | None = None
        self._arrived_at = monotonic()
        self._dropping: _Dropping | None = None
        self._has_keyframe = False
        self._unchecked = 0
        self.unreadable = 0
        self.problem = "it stopped sending"

    def read_frames(
        self, sampler: Callable[[], FrameSampler], checks: Callable[[], FrameSampler], is_current: Callable[[], bool]
    ) -> bool:
        """Buffer the frames that are due until the connection ends; return whether there was any frame.

        Args:
            sampler: Returns what selects the frames that are due.
            checks: Returns what selects, of these, the frames whose pictures are needed. The others are counted.
            is_current: Returns whether to go on.
        """
        any_frame = False
        failed = 0
        self._clock.restart()
        self._buffer.hold()
        while is_current():
            asked_at = monotonic()
            data_waits = self._socket.has_data() if self._socket else None
            if not self._capture.grab():
                failed += 1
                if failed >= MAX_FAILED_READS or monotonic() - asked_at > SMALL_LAG_S:
                    break
                continue
            if not is_current():
                break
            any_frame, failed = True, 0
            arrived_at, busy_s = monotonic(), self._busy_s()
            self._decoding.add(busy_s)
            was_trusted = self._clock.is_trusted
            if data_waits is None:
                data_waits = busy_s > BUSY_SHARE * (arrived_at - self._arrived_at)
            self._arrived_at = arrived_at
            timestamp_s = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
            is_new = self._clock.add(timestamp_s, arrived_at, data_waited=data_waits)
            if was_trusted and not self._clock.is_trusted:
                log.warning("the camera sends no timestamps; crossings get the times of arrival")
            self._has_keyframe = self._has_keyframe or self._capture.get(cv2.CAP_PROP_FRAME_TYPE) == KEYFRAME
            if not is_new:
                continue
            self._settle(arrived_at)
            due = sampler().is_due(self._clock.media_s)
            if self._is_too_late(arrived_at, data_waited=data_waits):
                self._buffer.drop(due)
                if self._gives_up(arrived_at):
                    interval_s = max(sampler().period_s, self._clock.interval_s)
                    self._buffer.drop(round(self._clock.lag_s / interval_s) if interval_s else 0)
                    break
            elif due and not checks().is_due(self._clock.media_s):
                self._unchecked += 1
            elif due and self._buffer.accepts(self._clock.media_s):
                self._decode(is_current)
                if self.unreadable >= MAX_FAILED_READS:
                    self.problem = "its pictures cannot be decoded"
                    break
        self._buffer.release()
        return any_frame

    def _decode(self, is_current: Callable[[], bool]) -> None:
        """Buffer the picture of the frame that was grabbed."""
        ok, image = self._capture.retrieve()
        if not ok or image is None:
            self.unreadable += 1
            return
        self.unreadable = 0
        if is_current():
            picture = np.asarray(image, np.uint8)
            self._buffer.put(BufferedFrame(picture, self._clock.media_s, self._has_keyframe, self._unchecked))
            self._has_keyframe, self._unchecked = False, 0

    def _busy_s(self) -> float:
        """Return the CPU time of this thread since the last call, in seconds."""
        before, self._cpu_s = self._cpu_s, thread_time()
        return self._cpu_s - before

    def _settle(self, arrived_at: float) -> None:
        """Release the frames once the capture times are known."""
        if self._is_settled:
            return
        offset_s = self._clock.offset_s
        if self._settling is None or offset_s < self._settling[1] - SETTLE_S / 10:
            self._settling = arrived_at, offset_s
        elif arrived_at - self._settling[0] >= SETTLE_S:
            self._is_settled = True
            self._buffer.release()

    def _is_too_late(self, arrived_at: float, *, data_waited: bool) -> bool:
        """Return whether to drop frames because of their lag."""
        lag_s = self._clock.lag_s
        if self._dropping is None and lag_s > MAX_LAG_S:
            log.warning("frames are dropped: they arrive %.1f s after their capture", lag_s)
            self._dropping = _Dropping(arrived_at)
        elif self._dropping is not None and lag_s < SMALL_LAG_S:
            self._dropping = None
        if self._dropping is None:
            return False
        self._dropping.frames += 1
        self._dropping.waited += data_waited
        return True

    def _gives_up(self, arrived_at: float) -> bool:
        """Return whether dropping frames does not help, because even decoding them takes too long."""
        dropping = self._dropping
        if dropping is None or arrived_at - dropping.since_s < CATCH_UP_S:
            return False
        if dropping.waited < WAITED_SHARE * dropping.frames:
            log.warning("the timestamps of the camera are too slow; crossings get the times of arrival from now on")
            self._clock.distrust()
            self._dropping = None
            return False
        self.problem = "the camera sends faster than this machine decodes; use a smaller stream of the camera"
        return True


@dataclass(slots=True)
class _Dropping:
    """Frames that are dropped since a moment, and how many of them had waited."""

    since_s: float
    frames: int = 0
    waited: int = 0
