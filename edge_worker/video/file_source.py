"""A video file: every frame, in media time."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np

from edge_worker.errors import SourceError
from edge_worker.video.address import checked_file
from edge_worker.video.frame import Frame
from edge_worker.video.media_time import MediaClock
from edge_worker.video.read_position import ReadPosition


class FileSource:
    """Reads a file from its first frame to its last.

    Raises:
        SourceError: there is no such file, or it holds no video that FFmpeg can decode.
    """

    is_live = False

    def __init__(self, source: str) -> None:
        self.path: Path = checked_file(source)
        self._capture = cv2.VideoCapture(str(self.path), cv2.CAP_FFMPEG)
        ok, image = self._capture.read() if self._capture.isOpened() else (False, None)
        if not ok or image is None:
            self._capture.release()
            raise SourceError(f"{source} holds no video that can be decoded: is it complete, and a video at all?")
        self._position = ReadPosition(self.path)
        self._ahead: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None = np.asarray(image, np.uint8)
        self.size = (image.shape[0], image.shape[1])
        self._clock = MediaClock(float(self._capture.get(cv2.CAP_PROP_FPS)))
        self._stamp_s = self._stamp()
        self._index = 0
        self._ended = False
        # FFmpeg aborts the process when a file is closed by one thread while another one decodes.
        self._mutex = threading.Lock()

    @property
    def fps(self) -> float:
        """Frames a second, as the container states it."""
        return self._clock.fps

    @property
    def ended(self) -> bool:
        return self._ended

    def read(self, timeout_s: float = 0.0) -> Frame | None:  # noqa: ARG002 - a file never lets one wait
        """The next frame; None at the end."""
        with self._mutex:
            return self._next()

    def progress(self) -> float | None:
        """How much of the file has been read, 0..1."""
        return self._position.fraction()

    def set_sample_fps(self, fps: float) -> None:
        """Changes nothing: every frame of a file counts."""

    def close(self) -> None:
        """From any thread; waits for the frame that is being decoded."""
        with self._mutex:
            self._ended = True
            self._ahead = None
            self._capture.release()

    def _next(self) -> Frame | None:
        image = self._ahead
        self._ahead = None
        if image is None and not self._ended:
            ok, decoded = self._capture.read()
            if ok:
                image = np.asarray(decoded, np.uint8)
                self._stamp_s = self._stamp()
        if image is None:
            self._ended = True
            return None
        frame = Frame(self._index, self._clock.time_of(self._index, self._stamp_s), None, image)
        self._index += 1
        return frame

    def _stamp(self) -> float | None:
        stamp = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
        return stamp if np.isfinite(stamp) else None
