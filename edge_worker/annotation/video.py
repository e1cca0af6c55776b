"""Annotated video files."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import cv2

from edge_worker.annotation.drawing import draw_counts, draw_line, draw_track
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.errors import UsageError
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline

PATH_POINTS = 40
FALLBACK_FPS = 25.0


class AnnotatedVideo:
    """Writes every frame with boxes, paths, the line and the counts so far as MPEG-4.

    Args:
        path: The file to write.
        line: The counting line.
        anchor: The point of a person's box that crosses the line, until a pipeline says that it counts another one.

    Raises:
        UsageError: The file cannot be written.
    """

    def __init__(self, path: Path, line: Line, anchor: Anchor) -> None:
        if path.suffix.lower() not in (".mp4", ".m4v", ".mov", ".avi"):
            raise UsageError(f"--annotate writes a video, and {path} does not end in .mp4")
        if not path.parent.is_dir():
            raise UsageError(f"--annotate cannot write to {path}: the folder {path.parent} does not exist")
        self._path = path
        self._line, self._anchor = line, anchor
        self._writer: cv2.VideoWriter | None = None
        self._paths: dict[int, deque[tuple[float, float]]] = {}
        self._counts = {Direction.IN: 0, Direction.OUT: 0}
        self._pending: FrameResult | None = None

    def add(self, result: FrameResult, pipeline: Pipeline) -> None:
        """Add a frame. It is written when the next frame gives its duration."""
        self._anchor = pipeline.anchor
        if self._writer is None and self._pending is not None:
            self._open(self._pending, fps=1 / max(1e-3, result.media_s - self._pending.media_s))
        if self._pending is not None:
            self._write(self._pending)
        self._pending = result

    def restart(self) -> None:
        """Begin the video anew: the clip is counted from its first frame again."""
        if self._writer is not None:
            self._writer.release()
            self._writer = None
        self._paths.clear()
        self._counts = dict.fromkeys(self._counts, 0)
        self._pending = None

    def close(self) -> None:
        """Write the last frame and close the file."""
        if self._pending is not None:
            if self._writer is None:
                self._open(self._pending, FALLBACK_FPS)
            self._write(self._pending)
            self._pending = None
        if self._writer is not None:
            self._writer.release()

    def _open(self, first: FrameResult, fps: float) -> None:
        height, width = first.image.shape[:2]
        codec = cv2.VideoWriter.fourcc(*"mp4v")
        self._writer = cv2.VideoWriter(str(self._path), cv2.CAP_FFMPEG, codec, fps, (width, height))
        if not self._writer.isOpened():
            raise UsageError(f"--annotate cannot write to {self._path}: check that the folder is writable")

    def _write(self, result: FrameResult) -> None:
        assert self._writer is not None  # noqa: S101 - opened before the first frame is written
        image = result.image.copy()
        for crossing in result.crossings:
            self._counts[crossing.direction] += 1
        draw_line(image, self._line)
        current_ids = set()
        for track in result.tracks:
            current_ids.add(track.tracker_id)
            path = self._paths.setdefault(track.tracker_id, deque(maxlen=PATH_POINTS))
            path.append(self._anchor.of(track.box))
            draw_track(image, track, self._anchor, list(path))
        for tracker_id in [key for key in self._paths if key not in current_ids]:
            self._paths[tracker_id].popleft()
            if not self._paths[tracker_id]:
                del self._paths[tracker_id]
        draw_counts(image, self._counts[Direction.IN], self._counts[Direction.OUT])
        self._writer.write(image)
