"""Count a video file from its first frame to its last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.counting.short_stays import ShortStays
from edge_worker.crossing import Crossing, Direction
from edge_worker.line_region.region import Region
from edge_worker.overhead.view import View
from edge_worker.pipeline.clip_look import ClipLook, Look
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.opening import open_pipeline
from edge_worker.pipeline.pipeline import Pipeline
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
    view: View = View.AUTO,
    region: Region | None = None,
    on_message: Callable[[str], None] | None = None,
    on_frame: Sequence[FrameCallback] = (),
    on_restart: Sequence[Callable[[], None]] = (),
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
        view: From where the camera sees the people. ``auto`` finds out while it counts how the model has to look at the
            pictures, and counts the clip anew if they are to be turned or looked at in part.
        region: The part of the pictures that the model looks at; None for all, or what is found out.
        on_message: Called with one line about the model and the backend.
        on_frame: Each is called with every frame result, in order.
        on_restart: Each is called when the clip is counted anew, with its first frame again.

    Raises:
        EdgeError: The clip, the model or the backend cannot be used.
    """
    checked_file(clip)
    started = perf_counter()
    policy = policy or CountingPolicy()
    pipeline = open_pipeline(
        clip,
        line=line,
        anchor=anchor,
        model=model,
        backend=backend,
        device=device,
        threads=threads,
        ignore_children=policy.ignore_children,
        view=view,
        region=region,
        on_message=on_message,
    )
    counted = _Pass(ShortStays(policy.min_stay_s))
    try:
        found = counted.run(pipeline, on_frame, pipeline.clip_look() if view is View.AUTO else None)
    finally:
        pipeline.close()
    if found is not None:
        for restart in on_restart:
            restart()
        if on_message is not None:
            on_message(found.message)
        anew = count_clip(
            clip,
            line=line,
            anchor=anchor,
            model=model,
            backend=backend,
            device=device,
            threads=threads,
            policy=policy,
            view=found.view,
            region=found.region,
            on_message=on_message,
            on_frame=on_frame,
        )
        return replace(anew, elapsed_s=perf_counter() - started, first_frame_s=counted.first_at - started)
    return ClipCount(
        clip=clip,
        frames=counted.frames,
        duration_s=counted.last_s + (counted.last_s - counted.previous_s),
        elapsed_s=counted.ended - started,
        first_frame_s=counted.first_at - started,
        counting_s=counted.ended - counted.first_at,
        model=pipeline.model,
        crossings=tuple(sorted(counted.crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))),
    )


@dataclass(slots=True)
class _Pass:
    """One pass over all frames of a clip."""

    short_stays: ShortStays
    frames: int = 0
    first_at: float = 0.0
    ended: float = 0.0
    last_s: float = 0.0
    previous_s: float = 0.0
    crossings: list[Crossing] = field(default_factory=list)

    def run(self, pipeline: Pipeline, on_frame: Sequence[FrameCallback], clip_look: ClipLook | None) -> Look | None:
        """Count the frames; return how the clip has to be counted anew, as soon as that is found out."""
        for result in pipeline.frames():
            if result is None:
                continue
            if self.frames == 0:
                self.first_at = perf_counter()
            self.frames += 1
            self.previous_s, self.last_s = self.last_s, result.media_s
            self.crossings += self.short_stays.update(result.crossings, result.media_s)
            for callback in on_frame:
                callback(result, pipeline)
            if clip_look is not None:
                clip_look.add(result.image, result.media_s, result.tracks)
                if clip_look.found is not None:
                    return clip_look.found
        if clip_look is not None:
            clip_look.finish()
            if clip_look.found is not None:
                return clip_look.found
        self.crossings += self.short_stays.finish()
        self.ended = perf_counter()
        return None
