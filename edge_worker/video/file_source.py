"""Video files: every frame, in media time."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import cv2
import numpy as np

from edge_worker.errors import SourceError
from edge_worker.video.address import checked_file
from edge_worker.video.capture import open_file
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Frame, Image
from edge_worker.video.timing import MediaClock


class FileSource:
    """Reads a file from its first frame to its last.

    Args:
        source: Path of the file.

    Raises:
        SourceError: The file does not exist, or FFmpeg cannot decode it.
    """

    is_live = False
    transport = None
    damage = None
    decoder = Decoder.SOFTWARE

    def __init__(self, source: str) -> None:
        self.path: Path = checked_file(source)
        self._capture = open_file(self.path)
        ok, image = self._capture.read() if self._capture.isOpened() else (False, None)
        if not ok or image is None:
            self._capture.release()
            raise SourceError(f"{source} cannot be decoded: check that it is a video and that the copy is complete")
        self._position = ReadPosition(self.path)
        self._next_image: Image | None = np.asarray(image, np.uint8)
        self.size = (image.shape[0], image.shape[1])
        self._clock = MediaClock(float(self._capture.get(cv2.CAP_PROP_FPS)))
        self._timestamp_s = self._read_timestamp()
        self._index = 0
        self._ended = False
        # FFmpeg aborts the process when one thread closes a file while another one decodes it.
        self._lock = threading.Lock()

    @property
    def fps(self) -> float:
        """Return the frames per second that the container states."""
        return self._clock.fps

    @property
    def fps_wanted(self) -> None:
        """Return None: every frame of a file is read, as fast as that goes."""

    @property
    def ended(self) -> bool:
        """Return whether the last frame has been read."""
        return self._ended

    def read(self, timeout_s: float = 0.0) -> Frame | None:  # noqa: ARG002 - a file has no waiting time
        """Return the next frame; None at the end."""
        with self._lock:
            return self._read_frame()

    def progress(self) -> float | None:
        """Return the share 0..1 of the file that has been read; None if it is not known."""
        return self._position.fraction()

    def set_sample_fps(self, fps: float) -> None:
        """Do nothing: every frame of a file is read."""

    def set_check_interval(self, seconds: float) -> None:
        """Do nothing: every frame of a file is read."""

    def close(self) -> None:
        """Close the file; may be called from any thread. Waits for the frame that is being decoded."""
        with self._lock:
            self._ended = True
            self._next_image = None
            self._capture.release()

    def _read_frame(self) -> Frame | None:
        image = self._next_image
        self._next_image = None
        if image is None and not self._ended:
            ok, decoded = self._capture.read()
            if ok:
                image = np.asarray(decoded, np.uint8)
                self._timestamp_s = self._read_timestamp()
        if image is None:
            self._ended = True
            return None
        frame = Frame(self._index, self._clock.time_of(self._index, self._timestamp_s), None, image)
        self._index += 1
        return frame

    def _read_timestamp(self) -> float | None:
        timestamp_s = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
        return timestamp_s if np.isfinite(timestamp_s) else None


class ReadPosition:
    """The position up to which this process has read a file, from Linux.

    The frame count that a container states is wrong for MPEG program streams (4 for 383 frames). The position of the
    open file is right for all containers.

    Args:
        path: The file. Its newest file descriptor in this process is the one that FFmpeg reads from.
    """

    def __init__(self, path: Path) -> None:
        self._info: Path | None = None
        with contextlib.suppress(OSError):
            self._size = path.stat().st_size
            target = path.resolve()
            descriptors = sorted((int(entry.name) for entry in Path("/proc/self/fd").iterdir()), reverse=True)
            for descriptor in descriptors:
                with contextlib.suppress(OSError):
                    if Path(f"/proc/self/fd/{descriptor}").readlink() == target:
                        self._info = Path(f"/proc/self/fdinfo/{descriptor}")
                        break

    def fraction(self) -> float | None:
        """Return the share 0..1 of the file that has been read; None if it is not known."""
        if self._info is None:
            return None
        try:
            first = self._info.read_text().splitlines()[0]
        except (OSError, IndexError):
            return None
        return min(1.0, int(first.split()[1]) / max(1, self._size))
