"""Check the source: connect, and read a first frame."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import numpy as np

from edge_worker.doctor.result import CheckResult, fail, ok, warn
from edge_worker.doctor.rtsp import check_rtsp
from edge_worker.errors import SourceError
from edge_worker.process_exit import NativeThread
from edge_worker.redaction import redact
from edge_worker.video.address import checked_source, is_live, webcam_number
from edge_worker.video.frame import Image

FIRST_FRAME_TIMEOUT_S = 15.0
FFMPEG_TIMEOUT_S = 10.0
ATTEMPTS = 3
PAUSE_S = 1.0
MIN_HEIGHT_PX = 240


def check_source(source: str) -> tuple[list[CheckResult], Image | None]:
    """Read a first frame; return the results and the frame, None if there is none."""
    try:
        checked_source(source)
    except SourceError as error:
        found, _, hint = str(error).rpartition(": ")
        return [fail("source", found, hint)], None
    if is_live(source):
        checks = check_rtsp(source) if urlsplit(source).scheme in {"rtsp", "rtsps"} else []
        if any(check.verdict == "fail" for check in checks):
            return checks, None
    else:
        path = Path(source).expanduser()
        checks = [ok("source", f"{path.name}, {path.stat().st_size >> 20} MB")]
    frame_checks, image = _first_frame(source)
    return [*checks, *frame_checks], image


def _first_frame(source: str) -> tuple[list[CheckResult], Image | None]:
    try:
        import cv2

        from edge_worker.video.capture import open_capture
    except ImportError as error:
        hint = "apt-get install libgl1 libglib2.0-0, or pip install opencv-python-headless"
        return [fail("first frame", f"OpenCV cannot be loaded ({error})", hint)], None
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    frames: list[tuple[float, Image, float]] = []

    timed_out = threading.Event()

    def read() -> None:
        # Some cameras need a pause after the DESCRIBE request before they accept the next client.
        for attempt in range(ATTEMPTS):
            if frames or timed_out.wait(attempt * PAUSE_S):
                return
            attempt_once()

    def attempt_once() -> None:
        capture = open_capture(source, open_timeout_s=FFMPEG_TIMEOUT_S, read_timeout_s=FFMPEG_TIMEOUT_S)
        is_read, image = capture.read() if capture.isOpened() else (False, None)
        if is_read and image is not None:
            frames.append((perf_counter() - started, np.asarray(image, np.uint8), float(capture.get(cv2.CAP_PROP_FPS))))
        capture.release()

    started = perf_counter()
    # In a thread, because a driver may hang.
    reader = NativeThread(read, stop=timed_out.set, name="first frame")
    reader.start()
    reader.join(FIRST_FRAME_TIMEOUT_S)
    timed_out.set()
    if not frames:
        return [fail("first frame", f"no frame from {redact(source)}", _first_frame_hint(source))], None
    took, image, rate = frames[0]
    height, width = image.shape[:2]
    found = f"{width}×{height} after {took:.1f} s" + (f", {rate:.0f} frames/s" if 0 < rate < 240 else "")
    if min(height, width) < MIN_HEIGHT_PX:
        return [
            warn("first frame", found, "people are too small to be detected: choose a stream with a higher resolution")
        ], image
    return [ok("first frame", found)], image


def _first_frame_hint(source: str) -> str:
    if webcam_number(source) is not None:
        return "another program may use the webcam: close it"
    if "://" not in source:
        return "the file is damaged, or OpenCV cannot decode it: try it in VLC"
    if urlsplit(source).password is not None:
        return (
            "check user and password (special characters are written as %40 for @), then the path; if they are right, "
            "the camera may have too many viewers: close some"
        )
    return (
        "check the path; the camera may have too many viewers: close some; try the URL in VLC on a machine in the same "
        "network"
    )
