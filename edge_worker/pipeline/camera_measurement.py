"""What a pipeline measures while it counts, written to the status of the camera."""

from __future__ import annotations

from time import monotonic

from edge_worker.camera_status import CameraStatus
from edge_worker.line_region.region import Region
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.performance import Performance
from edge_worker.tracking.walking_speed import WalkingSpeed
from edge_worker.video.source import Source

INTERVAL_S = 1.0
"""How often the status of the camera is written."""


class CameraMeasurement:
    """Measures the speed of the pipeline and of the people, and writes the `CameraStatus` every `INTERVAL_S` seconds.

    Args:
        camera: Gets the measurements.
    """

    def __init__(self, camera: CameraStatus) -> None:
        self._camera = camera
        self._performance = Performance()
        self._walking = WalkingSpeed()
        self._written_at = monotonic()

    def add(self, result: FrameResult, source: Source, region: Region | None) -> None:
        """Add a frame.

        Args:
            result: The result of the frame.
            source: Where the frame is from.
            region: The part of the frames that the model looks at; None for whole frames.
        """
        now = monotonic()
        self._walking.update(result.tracks, result.media_s)
        frames = 1 + result.unchecked + result.damaged
        self._performance.add(now, frames=frames, decode_s=result.decode_s, inference_s=result.inference_s)
        if now - self._written_at >= INTERVAL_S:
            self._written_at = now
            self._write(source, region)

    def _write(self, source: Source, region: Region | None) -> None:
        self._camera.region = None if region is None else region.share_of(source.size)
        self._camera.fps_wanted = source.fps_wanted
        self._camera.transport = source.transport
        self._camera.decoder = source.decoder
        self._camera.damage = source.damage
        self._camera.fps_reached = self._performance.fps
        self._camera.decode_ms = self._performance.decode_ms
        self._camera.inference_ms = self._performance.inference_ms
        self._camera.walking_speed = self._walking.heights_per_s
        self._camera.walking_height = self._walking.height
