"""Sources opened with OpenCV: files with its FFmpeg, webcams with the driver of the system."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from edge_worker.video.camera_stream import StreamError
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Image

ONE_THREAD = [cv2.CAP_PROP_N_THREADS, 1]
"""A decoder with several threads takes the cores of the model and of the other sources, and its time cannot be
measured."""


def open_file(path: Path) -> cv2.VideoCapture:
    """Open a video file; ``isOpened()`` of the result tells whether that worked.

    A file is decoded by the CPU: hardware that fails in the middle looks like the end of the file, and the count of a
    file must not depend on the machine.
    """
    return cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, ONE_THREAD)


def open_webcam(number: int) -> cv2.VideoCapture:
    """Open a webcam; ``isOpened()`` of the result tells whether that worked."""
    return cv2.VideoCapture(number, cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY)


class OpenCVStream:
    """A webcam, or a file that is read like one. Its frames are whole, and each is decoded.

    Args:
        capture: The opened capture.

    Raises:
        StreamError: The capture could not be opened.
    """

    decoder = Decoder.SOFTWARE
    has_ended = False
    is_skipped = False
    is_marked = False
    counts_missing = False

    def __init__(self, capture: cv2.VideoCapture) -> None:
        if not capture.isOpened():
            capture.release()
            raise StreamError("it refused or did not answer")
        self._capture = capture

    @property
    def fps(self) -> float:
        """Return the frames per second that the source states; 0 if it states none."""
        return float(self._capture.get(cv2.CAP_PROP_FPS))

    @property
    def timestamp_s(self) -> float:
        """Return the timestamp of the newest frame, in seconds."""
        return float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000

    def grab(self, *, skip: bool = False) -> bool:  # noqa: ARG002 - each frame is decoded
        """Read the next frame; return whether there was one."""
        return bool(self._capture.grab())

    def picture(self) -> Image | None:
        """Return the picture of the newest frame; None if it cannot be decoded."""
        ok, image = self._capture.retrieve()
        return np.asarray(image, np.uint8) if ok and image is not None else None

    def close(self) -> None:
        """Close the source."""
        self._capture.release()
