"""A clip counted from its first frame to its last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from edge_worker.counting import Anchor, Line
from edge_worker.crossing import Crossing, Direction
from edge_worker.pipeline import FrameResult, Pipeline, open_pipeline
from edge_worker.video.address import checked_file

Watcher = Callable[[FrameResult, Pipeline], None]


@dataclass(frozen=True, slots=True)
class CountedClip:
    """What was counted.

    Attributes:
        frames: Decoded and counted, all of them.
        duration_s: Media time of the last frame plus one frame.
        elapsed_s: From opening the clip to its end, loading the model included.
        first_frame_s: From opening the clip until its first frame was counted.
        counting_s: From the first counted frame to the last.
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
        return sum(crossing.direction is Direction.IN for crossing in self.crossings)

    @property
    def outs(self) -> int:
        return len(self.crossings) - self.ins

    @property
    def rate(self) -> float:
        """Frames a second once the model is loaded."""
        return (self.frames - 1) / self.counting_s if self.counting_s > 0 else 0.0

    def document(self) -> dict[str, Any]:
        """The JSON of ``metrica-edge count --json`` (a contract: DESIGN section 8)."""
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
    threads: int | None = None,
    say: Callable[[str], None] | None = None,
    watch: Sequence[Watcher] = (),
) -> CountedClip:
    """Counts a file; each watcher sees every frame.

    Raises:
        EdgeError: the clip, the model or the engine cannot be used.
    """
    checked_file(clip)
    began = perf_counter()
    pipeline = open_pipeline(clip, line=line, anchor=anchor, model=model, backend=backend, threads=threads, say=say)
    frames = 0
    first = last_s = previous_s = 0.0
    crossings: list[Crossing] = []
    try:
        for result in pipeline.frames():
            if result is None:
                continue
            if frames == 0:
                first = perf_counter()
            frames += 1
            previous_s, last_s = last_s, result.media_s
            crossings += result.crossings
            for watcher in watch:
                watcher(result, pipeline)
    finally:
        pipeline.close()
    ended = perf_counter()
    return CountedClip(
        clip=clip,
        frames=frames,
        duration_s=last_s + (last_s - previous_s),
        elapsed_s=ended - began,
        first_frame_s=first - began,
        counting_s=ended - first,
        model=pipeline.model,
        crossings=tuple(sorted(crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))),
    )
