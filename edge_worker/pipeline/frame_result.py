"""The result of processing one frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from edge_worker.crossing import Crossing
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import NO_IMAGE, Box, Image


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameResult:
    """One frame after detection, tracking and counting.

    Attributes:
        index: Zero-based index of the frame.
        media_s: Seconds since the start of the source.
        captured_at: When a camera captured the frame (aware, by the system clock); None for a file.
        image: The image, height × width × 3, BGR; `NO_IMAGE` for a simulated source.
        people: Boxes of all detected people, including unconfirmed tracks, in pixels. While the model looks at the
            region around the line, those outside of it are up to five seconds old.
        tracks: The confirmed tracks observed in the frame.
        crossings: The crossings that became certain with this frame.
        dropped: Frames of a camera that were discarded since the previous one.
        reconnects: Number of times the camera was reopened since the previous frame.
        unchecked: Frames of a camera since the previous one whose pictures nobody looked at: the scene is quiet.
        damaged: Frames of a camera since the previous one that were left out, because lost packets have damaged them.
        decode_s: Mean CPU time to decode a frame of a camera, in seconds; 0 for a file.
        inference_s: How long the detector took, in seconds; 0 for a skipped frame.
        skipped: True if the motion gate skipped detection: nothing moved and nobody was tracked.
    """

    index: int
    media_s: float
    image: Image = field(default_factory=lambda: NO_IMAGE)
    captured_at: datetime | None = None
    people: tuple[Box, ...] = ()
    tracks: tuple[Track, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    dropped: int = 0
    reconnects: int = 0
    unchecked: int = 0
    damaged: int = 0
    decode_s: float = 0.0
    inference_s: float = 0.0
    skipped: bool = False
