"""Count a video file from its first frame to its last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.counting.short_stays import ShortStays
from edge_worker.crossing import Crossing, Direction
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline, open_pipeline
from edge_worker.video.address import checked_file

FrameCallback = Callable[[FrameResult, Pipeline], None]


@dataclass(frozen=True, slots=True)
class ClipCount:
    """The crossings of a clip and the time that counting took.

    Attributes:
        clip: Path of the clip.
        frames: Number of frames, all of which were processed.
        duration_s: Media time of the last frame plus the duration of one frame.
        elapsed_s: Seconds from opening the clip to its end, including loading the model.
        first_frame_s: Seconds from opening the clip until its first frame was processed.
        counting_s: Seconds from the first processed frame to the last.
        model: Name of the model and its backend.
        crossings: The crossings, ordered by time.
    """

    clip: str
    frames: int
    duration_s: float
    elapsed_s: float
    first_frame_s: float
    counting_s: float
    model: str
    crossings: tuple[Crossing, ...]

    @property
    def ins(self) -> int:
        """Return the number of IN crossings."""
        return sum(crossing.direction is Direction.IN for crossing in self.crossings)

    @property
    def outs(self) -> int:
        """Return the number of OUT crossings."""
        return len(self.crossings) - self.ins

    @property
    def frames_per_s(self) -> float:
        """Return the frames processed per second after the model was loaded."""
        return (self.frames - 1) / self.counting_s if self.counting_s > 0 else 0.0

    def document(self) -> dict[str, Any]:
        """Return the JSON object of ``metrica-edge count --json``, whose fields are a contract."""
        return {
            "clip": self.clip,
            "frames": self.frames,
            "duration_s": round(self.duration_s, 3),
            "elapsed_s": round(self.elapsed_s, 3),
            "in": self.ins,
            "out": self.outs,
            "crossings": [
                {
                    "t": round(crossing.t, 3),
                    "frame": crossing.frame,
                    "direction": crossing.direction.value,
                    "tracker_id": crossing.tracker_id,
                }
                for crossing in self.crossings
            ],
        }


def count_clip(
    clip: str,
    *,
    line: Line,
    anchor: Anchor,
    model: str | None = None,
    backend: str = "auto",
    device: str = "auto",
    threads: int | None = None,
    policy: CountingPolicy | None = None,
    on_message: Callable[[str], None] | None = None,
    on_frame: Sequence[FrameCallback] = (),
) -> ClipCount:
    """Count a video file.

    Args:
        clip: Path of the file.
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        model: A path or a name; None for yolo26n.
        backend: A name of `edge_worker.detection.detector.Backend`.
        device: A name of `edge_worker.detection.device.Device`.
        threads: Cores that inference may use; None for all.
        policy: Crossings that are not counted; None to count all.
        on_message: Called with one line about the model and the backend.
        on_frame: Each is called with every frame result, in order.

    Raises:
        EdgeError: The clip, the model or the backend cannot be used.
    """
    checked_file(clip)
    started = perf_counter()
    policy = policy or CountingPolicy()
    short_stays = ShortStays(policy.min_stay_s)
    pipeline = open_pipeline(
        clip,
        line=line,
        anchor=anchor,
        model=model,
        backend=backend,
        device=device,
        threads=threads,
        ignore_children=policy.ignore_children,
        on_message=on_message,
    )
    frames = 0
    first_at = last_s = previous_s = 0.0
    crossings: list[Crossing] = []
    try:
        for result in pipeline.frames():
            if result is None:
                continue
            if frames == 0:
                first_at = perf_counter()
            frames += 1
            previous_s, last_s = last_s, result.media_s
            crossings += short_stays.update(result.crossings, result.media_s)
            for callback in on_frame:
                callback(result, pipeline)
    finally:
        pipeline.close()
    crossings += short_stays.finish()
    ended = perf_counter()
    return ClipCount(
        clip=clip,
        frames=frames,
        duration_s=last_s + (last_s - previous_s),
        elapsed_s=ended - started,
        first_frame_s=first_at - started,
        counting_s=ended - first_at,
        model=pipeline.model,
        crossings=tuple(sorted(crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))),
    )
