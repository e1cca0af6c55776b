"""One connection to a camera: which of its frames are decoded, and when they were captured."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, thread_time

from edge_worker.video.camera_stream import CameraStream
from edge_worker.video.capture_clock import MAX_LAG_S, CaptureClock
from edge_worker.video.damage import DamageMeter
from edge_worker.video.frame_buffer import BufferedFrame, FrameBuffer
from edge_worker.video.stream_socket import StreamSocket
from edge_worker.video.timing import FrameSampler

log = logging.getLogger(__name__)

SETTLE_S = 0.2
"""FFmpeg reads up to three seconds of a stream while it opens it, and returns them at once. The capture times of a
connection are known when their offset has not fallen for this long."""
SMALL_LAG_S = 1.0
"""Frames that are dropped because of `MAX_LAG_S` are dropped until the lag is below this."""
CATCH_UP_S = 3.0
"""If dropping does not make the lag small within this time, the stream is opened again, which skips what is queued at
the camera."""
WAITED_SHARE = 0.8
"""If data waited before at least this share of the frames that were dropped, the network or this machine causes the
lag, not the timestamps."""
BUSY_SHARE = 0.5
"""Without a known socket: data has probably waited if decoding took this share of the time between two frames."""
MAX_FAILED_READS = 300
"""The decoder returns no frame for a packet that it cannot decode, such as those before the first keyframe. After so
many in a row, the stream is opened again."""
MAX_UNREADABLE = 5
"""And after so many pictures in a row that cannot be converted."""


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

    Args:
        stream: The opened stream.
        socket: Tells whether data waits; None if that is not known.
        clock: Turns the timestamps of the stream into capture times.
        buffer: Gets the frames.
        decoding: Gets the time that they take.
        damage: Gets which of them are damaged.

    Attributes:
        problem: Why the connection has ended.
        is_unreadable: Whether it has ended because its pictures could not be decoded.
    """

    def __init__(
        self,
        stream: CameraStream,
        socket: StreamSocket | None,
        clock: CaptureClock,
        buffer: FrameBuffer,
        *,
        decoding: DecodingTime,
        damage: DamageMeter,
    ) -> None:
        self._stream = stream
        self._socket = socket
        self._clock = clock
        self._buffer = buffer
        self._decoding = decoding
        self._damage = damage
        self._cpu_s = thread_time()
        self._is_settled = False
        self._settling: tuple[float, float] | None = None
        self._arrived_at = monotonic()
        self._dropping: _Dropping | None = None
        self._unchecked = 0
        self._damaged = 0
        self._failed = 0
        self._unreadable = 0
        self._is_over = False
        self.is_unreadable = False
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
        self._clock.restart()
        self._buffer.hold()
        while is_current() and not self._is_over:
            data_waits = self._socket.has_data() if self._socket else None
            if self._grab() and is_current():
                any_frame = True
                self._process(data_waits, sampler(), checks(), is_current)
        self._buffer.release()
        return any_frame

    def _grab(self) -> bool:
        """Read the next frame; return whether there was one."""
        asked_at = monotonic()
        if self._stream.grab(skip=self._dropping is not None):
            self._failed = 0
            return True
        self._failed += 1
        if self._stream.has_ended or monotonic() - asked_at > SMALL_LAG_S:
            self._is_over = True
        elif self._failed >= MAX_FAILED_READS:
            self._give_up_reading()
        return False

    def _process(
        self,
        data_waits: bool | None,
        sampler: FrameSampler,
        checks: FrameSampler,
        is_current: Callable[[], bool],
    ) -> None:
        """Buffer, count or drop the frame that was read."""
        arrived_at, busy_s = monotonic(), self._busy_s()
        if data_waits is None:
            data_waits = busy_s > BUSY_SHARE * (arrived_at - self._arrived_at)
        self._arrived_at = arrived_at
        is_new = self._add_to_clock(arrived_at, data_waited=data_waits)
        is_left_out = False
        if not self._stream.is_skipped:
            self._decoding.add(busy_s)
            is_left_out = self._damage.add(
                self._clock.media_s,
                is_marked=self._stream.is_marked,
                counts_missing=self._stream.counts_missing,
            )
        if not is_new:
            return
        self._settle(arrived_at)
        due = sampler.is_due(self._clock.media_s)
        if self._is_too_late(arrived_at, data_waited=data_waits) or self._stream.is_skipped:
            self._buffer.drop(due)
            if self._gives_up(arrived_at):
                interval_s = max(sampler.period_s, self._clock.interval_s)
                self._buffer.drop(round(self._clock.lag_s / interval_s) if interval_s else 0)
                self._is_over = True
        elif due and is_left_out:
            self._damaged += 1
        elif due and not checks.is_due(self._clock.media_s):
            self._unchecked += 1
        elif due and self._buffer.accepts(self._clock.media_s):
            self._put_picture(is_current)

    def _add_to_clock(self, arrived_at: float, *, data_waited: bool) -> bool:
        """Take the time of the frame that was read; return whether it is a new one."""
        was_trusted = self._clock.is_trusted
        is_new = self._clock.add(self._stream.timestamp_s, arrived_at, data_waited=data_waited)
        if was_trusted and not self._clock.is_trusted:
            log.warning("the camera sends no timestamps; crossings get the times of arrival")
        return is_new

    def _put_picture(self, is_current: Callable[[], bool]) -> None:
        """Buffer the picture of the frame that was decoded."""
        picture = self._stream.picture()
        if picture is None:
            self._unreadable += 1
            if self._unreadable >= MAX_UNREADABLE:
                self._give_up_reading()
            return
        self._unreadable = 0
        if is_current():
            self._buffer.put(BufferedFrame(picture, self._clock.media_s, self._unchecked, self._damaged))
            self._unchecked = self._damaged = 0

    def _give_up_reading(self) -> None:
        self._is_over = True
        self.is_unreadable = True
        self.problem = "its pictures cannot be decoded"

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
        """Return whether dropping frames does not help, because they arrive too late."""
        dropping = self._dropping
        if dropping is None or arrived_at - dropping.since_s < CATCH_UP_S:
            return False
        if dropping.waited < WAITED_SHARE * dropping.frames:
            log.warning("the timestamps of the camera are too slow; crossings get the times of arrival from now on")
            self._clock.distrust()
            self._dropping = None
            return False
        self.problem = "frames arrive too late even if they are not decoded; use a smaller stream of the camera"
        return True


@dataclass(slots=True)
class _Dropping:
    """Frames that are dropped since a moment, and how many of them had waited."""

    since_s: float
    frames: int = 0
    waited: int = 0
