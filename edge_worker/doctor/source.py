"""Check the source: connect, and read a first frame."""

from __future__ import annotations

import os
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, thread_time
from urllib.parse import urlsplit

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
TIMED_FRAMES = 10
TIMED_S = 1.0
"""The decoding of so many frames is measured, and of fewer if they come slowly."""
HIGHEST_FPS = 240.0
"""Some streams state the ticks of their clock instead of a frame rate."""


@dataclass(frozen=True, slots=True)
class FirstFrames:
    """What the first frames of a source have shown.

    Attributes:
        image: The first frame.
        after_s: Seconds until it came.
        fps: Frames per second that the source states; 0 if it states none that can be right.
        decode_s: CPU time to decode a frame, in seconds.
    """

    image: Image
    after_s: float
    fps: float
    decode_s: float


def check_source(source: str) -> tuple[list[CheckResult], FirstFrames | None]:
    """Read the first frames; return the results and what the frames have shown, None if there is none."""
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
    frame_checks, frames = _first_frames(source)
    return [*checks, *frame_checks], frames


def _first_frames(source: str) -> tuple[list[CheckResult], FirstFrames | None]:
    try:
        from edge_worker.video.camera_connection import MAX_FAILED_READS
        from edge_worker.video.camera_stream import StreamError, open_stream
        from edge_worker.video.capture import OpenCVStream, open_file
    except ImportError as error:
        hint = "apt-get install libgl1 libglib2.0-0, or pip install opencv-python-headless"
        return [fail("first frame", f"OpenCV cannot be loaded ({error})", hint)], None
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    found: list[FirstFrames] = []

    timed_out = threading.Event()

    def read() -> None:
        # Some cameras need a pause after the DESCRIBE request before they accept the next client.
        for attempt in range(ATTEMPTS):
            if found or timed_out.wait(attempt * PAUSE_S):
                return
            attempt_once()

    def attempt_once() -> None:
        try:
            stream = (
                open_stream(source, open_timeout_s=FFMPEG_TIMEOUT_S, read_timeout_s=FFMPEG_TIMEOUT_S)
                if is_live(source)
                else OpenCVStream(open_file(Path(source).expanduser()))
            )
        except StreamError:
            return
        with closing(stream):
            is_read = any(stream.grab() for _ in range(MAX_FAILED_READS))
            picture = stream.picture() if is_read else None
            if picture is None:
                return
            after_s, fps = perf_counter() - started, stream.fps
            began_s, decoded = thread_time(), 0
            until = perf_counter() + TIMED_S
            while decoded < TIMED_FRAMES and perf_counter() < until and stream.grab():
                decoded += 1
            decode_s = (thread_time() - began_s) / max(decoded, 1)
            found.append(FirstFrames(picture, after_s, fps if 0 < fps < HIGHEST_FPS else 0.0, decode_s))

    started = perf_counter()
    # In a thread, because a driver may hang.
    reader = NativeThread(read, stop=timed_out.set, name="first frame")
    reader.start()
    reader.join(FIRST_FRAME_TIMEOUT_S)
    timed_out.set()
    if not found:
        return [fail("first frame", f"no frame from {redact(source)}", _first_frame_hint(source))], None
    [first] = found
    height, width = first.image.shape[:2]
    rate = f", {first.fps:.0f} frames/s" if first.fps else ""
    seen = f"{width}×{height} after {first.after_s:.1f} s{rate}"
    if min(height, width) < MIN_HEIGHT_PX:
        return [
            warn("first frame", seen, "people are too small to be detected: choose a stream with a higher resolution")
        ], first
    return [ok("first frame", seen)], first


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
