"""From where the camera of a labelled clip sees the people."""

from __future__ import annotations

from pathlib import Path

from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend
from edge_worker.detection.device import parse_device
from edge_worker.detection.selection import choose_detector, parse_backend
from edge_worker.evaluation.recorded_detections import ClipDetections, open_view_detector
from edge_worker.evaluation.replay import track_detections
from edge_worker.overhead.clip_view import ClipView
from edge_worker.overhead.view import View
from edge_worker.video.source import open_source


def view_of_clip(
    clip: Path,
    line: Line,
    anchor: Anchor,
    detections: ClipDetections,
    *,
    model: str | None = None,
    backend: str = "auto",
    device: str = "auto",
    threads: int | None = None,
) -> View:
    """Return from where the camera of a clip sees the people who cross a line. The motion backend has no view.

    Args:
        clip: The video file.
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        detections: The people in its frames as they are.
        model: A path or a name; None for yolo26n. The model is loaded only if nobody is seen at a passage of the line.
        backend: A name of `edge_worker.detection.detector.Backend`.
        device: A name of `edge_worker.detection.device.Device`.
        threads: Cores that inference may use; None for all.

    Raises:
        EdgeError: The clip, the model or the backend cannot be used.
    """
    choice = choose_detector(model, parse_backend(backend), parse_device(device))
    if choice.backend is Backend.MOTION:
        return View.SIDE
    view = ClipView(line, anchor, lambda: open_view_detector(choice, detections.size, threads=threads))
    source = open_source(str(clip))
    try:
        for tracked in track_detections(detections):
            frame = source.read(timeout_s=0)
            if frame is None:
                break
            view.add(frame.image, tracked.media_s, tracked.tracks)
            if view.is_above:
                return View.ABOVE
    finally:
        source.close()
    return View.SIDE
