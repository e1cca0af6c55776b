"""The detections of a whole clip: made once, kept in a file, and counted as often as needed."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from edge_worker.counting.line import Line
from edge_worker.detection.class_names import SEPARATOR
from edge_worker.detection.detector import Detections, Detector
from edge_worker.detection.device import parse_device
from edge_worker.detection.selection import LONGEST_SIDE, DetectorChoice, choose_detector, open_detector, parse_backend
from edge_worker.line_region.region import Region
from edge_worker.overhead.turned_detector import TurnedDetectors, ViewDetector
from edge_worker.overhead.turns import turns_from_above
from edge_worker.pipeline.detection_stream import DetectionStream
from edge_worker.video.source import Source, open_source

FORMAT = 1
"""Increase it when the content of a file changes, so that older files are not used."""


@dataclass(frozen=True, slots=True)
class FrameDetections:
    """The people in one frame of a clip.

    Attributes:
        index: Zero-based index of the frame.
        media_s: Seconds since the start of the clip.
        detections: The people.
    """

    index: int
    media_s: float
    detections: Detections


@dataclass(frozen=True, slots=True)
class ClipDetections:
    """The people in every frame of a clip.

    Attributes:
        size: (height, width) of the frames.
        frames: The frames in order.
    """

    size: tuple[int, int]
    frames: tuple[FrameDetections, ...]

    def every(self, step: int) -> Iterator[FrameDetections]:
        """Return every ``step``-th frame: what a camera of that share of the frame rate would have delivered."""
        return iter(self.frames[::step])

    def phases(self, step: int) -> tuple[ClipDetections, ...]:
        """Return the clip thinned to every ``step``-th frame, once for each frame that can be the first.

        A camera of that share of the frame rate could have begun with any of the first ``step`` frames, and each of
        these phases is counted a little differently. So a benchmark states the mean over all of them beside the first
        one, which has the frames of `every`. The frames keep their index and their time.

        Args:
            step: The part that is left of the frame rate: 1 is all frames, 2 is half of them.
        """
        return tuple(replace(self, frames=self.frames[first::step]) for first in range(step))


def detect_clip(
    clip: Path,
    *,
    model: str | None = None,
    backend: str = "auto",
    device: str = "auto",
    threads: int | None = None,
    above_line: Line | None = None,
    region: Region | None = None,
    folder: Path | None = None,
    on_message: Callable[[str], None] | None = None,
    on_frame: Callable[[float | None], None] | None = None,
) -> ClipDetections:
    """Return the people in every frame of a clip.

    Args:
        clip: The video file.
        model: A path or a name; None for yolo26n.
        backend: A name of `edge_worker.detection.detector.Backend`.
        device: A name of `edge_worker.detection.device.Device`.
        threads: Cores that inference may use; None for all.
        above_line: The counting line of a camera that looks from straight above; None for a view from the side.
        region: The part of the pictures that the model looks at; None for all.
        folder: Keeps the detections, so that the same clip and model are processed once. None keeps nothing.
        on_message: Called with one line about the model and the backend.
        on_frame: Called after each frame with the share 0..1 of the clip that has been read, None if not known.

    Raises:
        EdgeError: The clip, the model or the backend cannot be used.
    """
    choice = choose_detector(model, parse_backend(backend), parse_device(device))
    source = open_source(str(clip))
    try:
        detector = open_view_detector(choice, source.size, threads=threads)
        if above_line is not None:
            detector.set_turns(turns_from_above(above_line, source.size))
        if region is not None:
            detector.set_region(detector.open_region(region))
        file = folder / _file_name(clip, choice, detector) if folder is not None else None
        if file is not None and file.is_file():
            return _read(file)
        if on_message is not None:
            on_message(f"{clip.name}: {choice.model} on {choice.backend}, {detector.precision}")
        found = detect_source(source, detector, on_frame)
    finally:
        source.close()
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, found)
    return found


def open_view_detector(choice: DetectorChoice, size: tuple[int, int], *, threads: int | None = None) -> ViewDetector:
    """Return a detector that can look at turned frames.

    Args:
        choice: The backend and the model.
        size: (height, width) of the frames.
        threads: Cores that inference may use; None for all.

    Raises:
        EdgeError: The backend or the model cannot be used.
    """

    def load(frame: tuple[int, int], longest_side: int = LONGEST_SIDE) -> Detector:
        return open_detector(choice, frame, threads=threads, longest_side=longest_side)

    return ViewDetector(load(size), TurnedDetectors(load, size), load)


def detect_source(
    source: Source, detector: Detector, on_frame: Callable[[float | None], None] | None = None
) -> ClipDetections:
    """Return what a detector finds in every frame of an opened file.

    Args:
        source: The file, at its start.
        detector: The loaded detector.
        on_frame: Called after each frame with the share 0..1 of the file that has been read, None if not known.
    """
    frames = []
    with ThreadPoolExecutor(detector.workers, thread_name_prefix="inference") as pool:
        stream = DetectionStream(source, detector, pool, threading.Event())
        try:
            for item in stream:
                if item is None:
                    continue
                frame, detected = item
                if detected is None:
                    continue
                frames.append(FrameDetections(frame.index, frame.media_s, detected.detections))
                if on_frame is not None:
                    on_frame(source.progress())
        finally:
            stream.stop()
    return ClipDetections(source.size, tuple(frames))


def _file_name(clip: Path, choice: DetectorChoice, detector: ViewDetector) -> str:
    """Return a name that changes with everything on which the detections depend."""
    model = choice.path
    name = detector.model if choice.class_name is None else f"{detector.model}{SEPARATOR}{choice.class_name}"
    device = f"{detector.backend}:{detector.device} {detector.precision}"
    turned = f" turned {' '.join(map(str, detector.turns))}" if detector.is_above else ""
    part = "" if detector.region is None else f" {detector.region}"
    digest = hashlib.sha256(f"{FORMAT} {name} {device} {detector.input_size}{turned}{part}".encode())
    # The weights of an OpenVINO model are beside its graph.
    for path in (clip, model, *([model.with_suffix(".bin")] if model.suffix == ".xml" else [])):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{clip.stem}-{digest.hexdigest()[:16]}.npz"


def _write(file: Path, found: ClipDetections) -> None:
    partial = file.with_suffix(f".{os.getpid()}.npz")
    np.savez_compressed(
        partial,
        size=np.array(found.size),
        media_s=np.array([frame.media_s for frame in found.frames]),
        counts=np.array([len(frame.detections) for frame in found.frames]),
        boxes=np.concatenate([frame.detections.boxes for frame in found.frames]),
        scores=np.concatenate([frame.detections.scores for frame in found.frames]),
    )
    partial.replace(file)


def _read(file: Path) -> ClipDetections:
    with np.load(file) as stored:
        size, media_s, counts = stored["size"].tolist(), stored["media_s"].tolist(), stored["counts"].tolist()
        boxes, scores = stored["boxes"], stored["scores"]
    ends = np.cumsum(counts).tolist()
    frames = tuple(
        FrameDetections(
            index, media_s[index], Detections(boxes[end - counts[index] : end], scores[end - counts[index] : end])
        )
        for index, end in enumerate(ends)
    )
    return ClipDetections((size[0], size[1]), frames)
