"""Cameras: frames in capture time, with a bounded lag and with reconnection."""

from __future__ import annotations

import logging
import random
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

from edge_worker.backoff import Backoff
from edge_worker.errors import SourceLostError
from edge_worker.process_exit import NativeThread
from edge_worker.redaction import redact
from edge_worker.video.camera_connection import CameraConnection, DecodingTime
from edge_worker.video.camera_stream import CameraStream, StreamError, open_stream
from edge_worker.video.capture_clock import CaptureClock
from edge_worker.video.damage import Damage, DamageMeter
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Frame
from edge_worker.video.frame_buffer import FrameBuffer
from edge_worker.video.stream_socket import StreamSocket, Transport, open_descriptors
from edge_worker.video.timing import FrameSampler

log = logging.getLogger(__name__)

ANALYSIS_S = 3.0
"""FFmpeg reads up to this much of a stream while it opens it."""
READ_TIMEOUT_S = 4.0
"""FFmpeg gives up on a camera that sends nothing after this time."""
OPEN_TIMEOUT_S = ANALYSIS_S + READ_TIMEOUT_S
"""FFmpeg gives up opening a stream after this time. A pause of the network that does not end a connection must not
keep one from being opened."""
STUCK_S = 12.0
"""A reader thread that FFmpeg has blocked for longer than this is replaced by a new one."""
RECONNECT_BACKOFF = Backoff(first_s=0.5, longest_s=4.0)
"""Delays between attempts. A camera that is back delivers frames within 10 s."""
FIRST_FRAME_S = 20.0
"""How long `LiveSource` waits at start for the first frame of a camera."""


class LiveSource:
    """Reads a camera in a thread of its own.

    Frames are selected by the timestamps of the stream and carry the time at which they were captured, also when the
    network holds them and then delivers all at once. See `CaptureClock` and `FrameBuffer`.

    Args:
        url: Such as ``rtsp://user:password@10.0.0.7/stream1``, or a webcam such as ``0``. The password appears in no
            message.
        sample_fps: Largest number of frames per second, selected by capture time; None for all.
        first_frame_s: Seconds to wait for the first frame.

    Attributes:
        transport: How the stream arrives; None if that is not known, as for a webcam.

    Raises:
        SourceLostError: No frame arrived within ``first_frame_s``.
    """

    is_live = True

    def __init__(self, url: str, *, sample_fps: float | None = None, first_frame_s: float = FIRST_FRAME_S) -> None:
        self._url = url
        self._sampler = FrameSampler(sample_fps)
        self._checks = FrameSampler(None)
        self._mutex = threading.Lock()
        self._clock = CaptureClock()
        self._buffer = FrameBuffer(self._clock.captured_s)
        self._generation = 0
        self._alive_at = monotonic()
        self._started_at: float | None = None
        self._index = 0
        self._decoding = DecodingTime()
        self._damage = DamageMeter()
        self._problem = "it did not answer"
        self.transport: Transport | None = None
        self._stream: CameraStream | None = None
        self._may_use_hardware = True
        self._start_reader()
        first = self._buffer.wait(first_frame_s)
        if first is None:
            self.close()
            raise SourceLostError(
                f"no frame from {redact(url)} within {first_frame_s:g} s: {self._problem}; check the address, the "
                f"password and that the camera is on"
            )
        self.size = (first.image.shape[0], first.image.shape[1])

    @property
    def ended(self) -> bool:
        """Return whether the source was closed."""
        return self._buffer.is_closed

    def read(self, timeout_s: float) -> Frame | None:
        """Return the next frame; None if none arrived within ``timeout_s`` or the source was closed."""
        self._replace_stuck_reader()
        taken = self._buffer.take(timeout_s)
        if taken is None:
            return None
        buffered, dropped, reconnects = taken
        age_s = max(monotonic() - self._clock.captured_s(buffered.media_s), 0.0)
        if self._started_at is None:
            self._started_at = buffered.media_s
        frame = Frame(
            index=self._index + buffered.unchecked + buffered.damaged,
            media_s=buffered.media_s - self._started_at,
            captured_at=datetime.now(UTC) - timedelta(seconds=age_s),
            image=buffered.image,
            dropped=dropped,
            reconnects=reconnects,
            unchecked=buffered.unchecked,
            damaged=buffered.damaged,
            decode_s=self._decoding.mean_s(),
        )
        self._index = frame.index + 1
        return frame

    @property
    def fps_wanted(self) -> float | None:
        """Return the frames per second of the camera, limited by the sample rate; None before the second frame."""
        interval_s = max(self._clock.interval_s, self._sampler.period_s)
        return 1 / interval_s if self._clock.interval_s else None

    @property
    def decoder(self) -> Decoder | None:
        """Return what decodes the stream; None before the first connection."""
        return self._stream.decoder if self._stream else None

    @property
    def damage(self) -> Damage:
        """Return how many frames of the last minute lost packets have damaged."""
        return self._damage.damage

    def progress(self) -> float | None:
        """Return None: a camera has no end."""
        return None

    def set_sample_fps(self, fps: float) -> None:
        """Change the largest number of frames per second."""
        self._sampler = FrameSampler(fps)

    def set_check_interval(self, seconds: float) -> None:
        """Convert a picture at most this often, and count the frames between; 0 for each frame that is due."""
        self._checks = FrameSampler(1 / seconds if seconds else None)

    def close(self) -> None:
        """End the reader thread as soon as FFmpeg returns, and wake `read`."""
        with self._mutex:
            self._generation += 1
        self._buffer.close()

    def _replace_stuck_reader(self) -> None:
        with self._mutex:
            stuck = not self.ended and monotonic() - self._alive_at > STUCK_S
        if stuck:
            log.warning("the reader of the camera is stuck; starting another one", extra={"source": redact(self._url)})
            self._buffer.reconnected()
            self._start_reader()

    def _start_reader(self) -> None:
        with self._mutex:
            self._generation += 1
            self._alive_at = monotonic()
            generation = self._generation
        NativeThread(partial(self._read_until_closed, generation), stop=self.close, name="camera").start()

    def _is_current(self, generation: int) -> bool:
        with self._mutex:
            self._alive_at = monotonic() if generation == self._generation else self._alive_at
            return generation == self._generation and not self.ended

    def _read_until_closed(self, generation: int) -> None:
        failures = 0
        connected = False
        while self._is_current(generation):
            known = open_descriptors()
            try:
                stream = open_stream(
                    self._url,
                    open_timeout_s=OPEN_TIMEOUT_S,
                    read_timeout_s=READ_TIMEOUT_S,
                    hardware=self._may_use_hardware,
                )
            except StreamError as error:
                self._problem = str(error)
            else:
                with closing(stream):
                    if not self._is_current(generation):
                        return
                    if connected:
                        self._buffer.reconnected()
                    if self._read_stream(stream, StreamSocket.find(self._url, known), generation):
                        failures, connected = 0, True
            if not self._is_current(generation):
                return
            log.warning("reconnecting to the camera: %s", self._problem, extra={"source": redact(self._url)})
            failures += 1
            self._buffer.pause(RECONNECT_BACKOFF.delay_s(failures, random.random()))  # noqa: S311 - jitter

    def _read_stream(self, stream: CameraStream, stream_socket: StreamSocket | None, generation: int) -> bool:
        """Read a connection until it ends; return whether there was any frame."""
        self._stream = stream
        self._note_transport(stream_socket)
        connection = CameraConnection(
            stream, stream_socket, self._clock, self._buffer, decoding=self._decoding, damage=self._damage
        )
        any_frame = connection.read_frames(
            lambda: self._sampler, lambda: self._checks, lambda: self._is_current(generation)
        )
        self._problem = connection.problem
        if connection.is_unreadable:
            self._leave_hardware_unused(stream.decoder)
        return any_frame

    def _leave_hardware_unused(self, decoder: Decoder) -> None:
        """Decode with the CPU from now on, if hardware has delivered no pictures."""
        if decoder is not Decoder.SOFTWARE and self._may_use_hardware:
            self._may_use_hardware = False
            log.warning(
                "the hardware decoder (%s) delivers no pictures of this camera; the CPU decodes it from now on",
                decoder,
                extra={"source": redact(self._url)},
            )

    def _note_transport(self, stream_socket: StreamSocket | None) -> None:
        """Keep how the stream arrives, and warn of a camera that has UDP only."""
        transport = stream_socket.transport if stream_socket else None
        if transport is Transport.UDP and self.transport is not transport:
            log.warning(
                "the camera sends by UDP only, so lost packets damage the picture: allow RTSP over TCP in its settings",
                extra={"source": redact(self._url)},
            )
        self.transport = transport
