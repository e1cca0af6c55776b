"""The frames between the thread that reads a camera and the pipeline that processes them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from edge_worker.video.capture_clock import MAX_LAG_S
from edge_worker.video.frame import Image
from edge_worker.video.timing import FrameSampler

MAX_BUFFER_BYTES = 32 << 20
"""Size of the frames that wait, at most: four seconds of 640 × 360 at 10 frames/s. The rest waits in the network."""
MIN_FRAMES = 2
LOAD_MARGIN = 1.1
"""While frames wait, frames are accepted at intervals of this times the processing time, so that fewer wait."""
SMOOTHING = 0.1
LONGEST_PROCESSING_S = 1.0


@dataclass(frozen=True, slots=True)
class BufferedFrame:
    """A decoded frame of a camera with its media time in seconds.

    Attributes:
        unchecked: Frames since the frame before whose pictures nobody looks at.
        damaged: Frames since the frame before that lost packets have damaged.
    """

    image: Image
    media_s: float
    unchecked: int = 0
    damaged: int = 0


class FrameBuffer:
    """Keeps the frames that the pipeline has not taken yet, oldest first.

    A burst of frames after a pause of the network is kept and processed. When the pipeline is slower than the camera,
    frames are rejected evenly. No frame waits longer than `MAX_LAG_S` after its capture.

    Args:
        captured_s: Returns when the frame with a media time was captured, by the monotonic clock.

    Attributes:
        dropped: Frames that were due and rejected or removed since the last frame that was taken.
        reconnects: How often the camera was opened again since the last frame that was taken.
    """

    def __init__(self, captured_s: Callable[[float], float]) -> None:
        self._captured_s = captured_s
        self._changed = threading.Condition()
        self._frames: deque[BufferedFrame] = deque()
        self._is_held = False
        self._is_closed = False
        self._thinning = FrameSampler(None)
        self._processing_s = 0.0
        self._taken_at: float | None = None
        self.dropped = 0
        self.reconnects = 0

    @property
    def is_closed(self) -> bool:
        """Return whether `close` was called."""
        return self._is_closed

    def hold(self) -> None:
        """Let no frame be taken until `release`: the capture times of the new connection are not known yet."""
        with self._changed:
            self._is_held = True

    def release(self) -> None:
        """Let frames be taken again."""
        with self._changed:
            self._is_held = False
            self._changed.notify_all()

    def accepts(self, media_s: float) -> bool:
        """Return whether to decode a frame that is due; count it as dropped if not."""
        with self._changed:
            self._thinning.period_s = LOAD_MARGIN * self._processing_s
            accepted = self._thinning.is_due(media_s) or not self._frames or self._is_held
            self.dropped += not accepted
            return accepted

    def put(self, frame: BufferedFrame) -> None:
        """Add a frame. Waits while the buffer is full, until its oldest frame is too old."""
        most = max(MAX_BUFFER_BYTES // max(frame.image.nbytes, 1), MIN_FRAMES)
        with self._changed:
            while len(self._frames) >= most and not self._is_closed:
                left_s = self._captured_s(self._frames[0].media_s) + MAX_LAG_S - monotonic()
                if left_s <= 0 or self._is_held:
                    oldest = self._frames.popleft()
                    self.dropped += 1 + oldest.unchecked + oldest.damaged
                else:
                    self._changed.wait(left_s)
            if not self._is_closed:
                self._frames.append(frame)
                self._changed.notify_all()

    def drop(self, count: int = 1) -> None:
        """Count frames that were due and never decoded."""
        with self._changed:
            self.dropped += count

    def reconnected(self) -> None:
        """Count a reconnection."""
        with self._changed:
            self.reconnects += 1

    def wait(self, timeout_s: float) -> BufferedFrame | None:
        """Return the oldest frame without taking it; None if there is none within ``timeout_s``."""
        with self._changed:
            self._changed.wait_for(self._is_ready, timeout_s)
            return self._frames[0] if self._frames and not self._is_held else None

    def take(self, timeout_s: float) -> tuple[BufferedFrame, int, int] | None:
        """Remove the oldest frame.

        Returns:
            The frame, the frames dropped and the reconnections before it; None if there is none within ``timeout_s``.
        """
        self._measure_processing()
        if self.wait(timeout_s) is None:
            return None
        with self._changed:
            if not self._frames:
                return None
            frame, dropped, reconnects = self._frames.popleft(), self.dropped, self.reconnects
            self.dropped = self.reconnects = 0
            self._changed.notify_all()
        self._taken_at = monotonic()
        return frame, dropped, reconnects

    def close(self) -> None:
        """Wake all threads; frames can no longer be taken."""
        with self._changed:
            self._is_closed = True
            self._frames.clear()
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Wait for so long, or until `close`."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed, seconds)

    def _is_ready(self) -> bool:
        return self._is_closed or (bool(self._frames) and not self._is_held)

    def _measure_processing(self) -> None:
        """Measure how long the pipeline was busy with the last frame before it asks for the next one."""
        if self._taken_at is None:
            return
        taken_s = min(monotonic() - self._taken_at, LONGEST_PROCESSING_S)
        self._processing_s += SMOOTHING * (taken_s - self._processing_s)
        self._taken_at = None
