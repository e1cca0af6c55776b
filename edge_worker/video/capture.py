"""A camera opened with OpenCV: a network stream with FFmpeg, a webcam with the driver of the system."""

from __future__ import annotations

import os
import sys

import cv2

from edge_worker.video.address import webcam_number


def open_capture(source: str, *, open_timeout_s: float, read_timeout_s: float) -> cv2.VideoCapture:
    """Open a camera; ``isOpened()`` of the result tells whether that worked.

    Args:
        source: The address of a stream, or a webcam such as ``0`` or ``/dev/video0``.
        open_timeout_s: FFmpeg gives up opening a stream after this time.
        read_timeout_s: FFmpeg gives up reading a frame after this time.
    """
    number = webcam_number(source)
    if number is not None:
        return cv2.VideoCapture(number, cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY)
    # TCP, because lost UDP packets damage the image. OpenCV reads this variable when it opens a capture.
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp")
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(open_timeout_s * 1000),
        cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(read_timeout_s * 1000),
        # A decoder with several threads holds back a frame per thread, and its time cannot be measured.
        cv2.CAP_PROP_N_THREADS, 1,
    ]  # fmt: skip
    return cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
