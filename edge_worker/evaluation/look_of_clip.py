"""How the model has to look at a labelled clip."""

from __future__ import annotations

from pathlib import Path

from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend
from edge_worker.detection.device import parse_device
from edge_worker.detection.selection import choose_detector, parse_backend
from edge_worker.evaluation.recorded_detections import ClipDetections, open_view_detector
from edge_worker.evaluation.replay import track_detections
from edge_worker.pipeline.clip_look import ClipLook, Look
from edge_worker.video.source import open_source


def look_of_clip(
    clip: Path,
    line: Line,
    anchor: Anchor,
    detections: ClipDetections,
    *,
    model: str | None = None,
    backend: str = "auto",
    device: str = "auto",
    threads: int | None = None,
) -> Look:
    """Return how the model has to look at a clip to see the people who cross a line.

    The motion backend, which runs no model, always gets whole pictures.

    Args:
        clip: The video file.
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        detections: The people in its frames as they are.
        model: A path or a name; None for yolo26n.
        backend: A name of `edge_worker.detection.detector.Backend`.
        device: A name of `edge_worker.detection.device.Device`.
        threads: Cores that inference may use; None for all.

    Raises:
        EdgeError: The clip, the model or the backend cannot be used.
    """
    choice = choose_detector(model, parse_backend(backend), parse_device(device))
    if choice.backend is Backend.MOTION:
        return Look()
    look = ClipLook(line, anchor, lambda: open_view_detector(choice, detections.size, threads=threads))
    source = open_source(str(clip))
    try:
        for tracked in track_detections(detections):
            frame = source.read(timeout_s=0)
            if frame is None:
                break
            look.add(frame.image, tracked.media_s, tracked.tracks)
            if look.found is not None:
                return look.found
    finally:
        source.close()
    look.finish()
    return look.found or Look()
