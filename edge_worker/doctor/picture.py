"""The first frame, and the model that looks at it."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import numpy as np

from edge_worker.doctor.check import Check, fail, ok, warn
from edge_worker.doctor.rtsp import check_rtsp
from edge_worker.errors import EdgeError
from edge_worker.logs import redact
from edge_worker.video.frame import Image

FIRST_FRAME_S = 15.0
ATTEMPTS = 3
PAUSE_S = 1.0
SLOW_FRAMES_PER_S = 8.0
"""Below 8 frames/s, somebody who walks moves further between two frames than boxes overlap."""
SMALL_PX = 240
TIMED_FRAMES = 5


def check_source(source: str) -> tuple[list[Check], Image | None]:
    """Opens the source as far as a first frame; the checks and the frame."""
    if "://" in source:
        checks = check_rtsp(source) if urlsplit(source).scheme in {"rtsp", "rtsps"} else []
        if any(check.verdict == "fail" for check in checks):
            return checks, None
    else:
        path = Path(source).expanduser()
        if not path.is_file():
            return [fail("source", f"there is no file {source}", "check the path")], None
        checks = [ok("source", f"{path.name}, {path.stat().st_size >> 20} MB")]
    frame_checks, image = _first_frame(source)
    return [*checks, *frame_checks], image


def check_model(model: str | None, backend: str, image: Image | None, threads: int | None = None) -> list[Check]:
    """Loads the model that a run would load, and times it on the frame."""
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.selection import choose_detector, open_detector
    from edge_worker.weights.reference_image import check_people, reference_image, reference_image_path

    if image is None:
        if reference_image_path() is None:
            return [warn("model", "not tried, for want of a picture", "see to the source first")]
        image = reference_image()
    try:
        choice = choose_detector(model, Backend(backend))
        detector = open_detector(choice, (image.shape[0], image.shape[1]), threads=threads)
        if reference_image_path() is not None:
            check_people(detector, reference_image())
        people = len(detector.detect(image))
        began = perf_counter()
        for _ in range(TIMED_FRAMES):
            detector.detect(image)
    except (EdgeError, ValueError) as error:
        return [fail("model", str(error), "metrica-edge export prepares a model for this machine")]
    rate = TIMED_FRAMES / (perf_counter() - began)
    engine = f"{choice.model} by {choice.backend} in {detector.precision} ({choice.reason})"
    found = f"{engine}: {rate:.0f} frames/s, {people} people in the picture"
    if rate < SLOW_FRAMES_PER_S:
        return [warn("model", found, "too slow for a door: try another --backend; metrica-edge bench compares them")]
    return [ok("model", found)]


def _first_frame(source: str) -> tuple[list[Check], Image | None]:
    try:
        import cv2
    except ImportError as error:
        hint = "apt-get install libgl1 libglib2.0-0, or pip install opencv-python-headless"
        return [fail("first frame", f"OpenCV cannot be loaded ({error})", hint)], None
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp")
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    got: list[tuple[float, Image, float]] = []

    given_up = threading.Event()

    def read() -> None:
        # Some cameras need a moment after the question for the codec before they serve the next client.
        for attempt in range(ATTEMPTS):
            if got or given_up.wait(attempt * PAUSE_S):
                return
            attempt_once()

    def attempt_once() -> None:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 10_000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 10_000]
        capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
        fine, image = capture.read() if capture.isOpened() else (False, None)
        if fine and image is not None:
            got.append((perf_counter() - began, np.asarray(image, np.uint8), float(capture.get(cv2.CAP_PROP_FPS))))
        capture.release()

    began = perf_counter()
    # In a thread of its own: a driver that hangs must not hang the doctor.
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(FIRST_FRAME_S)
    given_up.set()
    if not got:
        return [fail("first frame", f"none from {redact(source)}", _why_no_frame(source))], None
    took, image, rate = got[0]
    height, width = image.shape[:2]
    found = f"{width}×{height} after {took:.1f} s" + (f", {rate:.0f} frames/s" if 0 < rate < 240 else "")
    if min(height, width) < SMALL_PX:
        return [warn("first frame", found, "people are too small to be told apart: choose a larger stream")], image
    return [ok("first frame", found)], image


def _why_no_frame(source: str) -> str:
    if "://" not in source:
        return "the file is damaged, or no video that OpenCV can decode: try it in VLC"
    if urlsplit(source).password is not None:
        return "check user and password (special characters are written as %40 for @), then the path"
    return "check the path; try the URL in VLC on a machine in the same network"
