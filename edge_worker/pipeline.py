"""From a source to crossings: decoding, inference and tracking side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from edge_worker.counting import Anchor, CounterPolicy, Line, LineCounter, Sighting
from edge_worker.crossing import Crossing
from edge_worker.detection.detections import Detections, Image
from edge_worker.detection.port import Detector
from edge_worker.feeder import Feeder
from edge_worker.motion import MotionPolicy
from edge_worker.tracking import ByteTrack, SteadyBoxes, SteadyPolicy, Track, TrackerPolicy
from edge_worker.video.source import Frame, Source

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FrameResult:
    """One frame that has been detected, tracked and counted.

    Attributes:
        index: Zero-based.
        media_s: Seconds since the start of the source.
        captured_at: When a camera's frame arrived, aware; None for a file.
        tracks: The confirmed people in it.
        crossings: What became certain with this frame.
        dropped, reconnects: Since the frame before (cameras only).
        image: height × width × 3, BGR.
        people: Boxes of everybody detected, certain or not, in pixels.
        skipped: The motion gate kept the frame from the detector: nothing moved, and nobody was there.
    """

    index: int
    media_s: float
    captured_at: datetime | None
    tracks: tuple[Track, ...]
    crossings: tuple[Crossing, ...]
    dropped: int
    reconnects: int
    image: Image
    people: tuple[Box, ...]
    skipped: bool = False


class Pipeline:
    """Frames of a source with their crossings, in order.

    One thread decodes, as many as the detector has workers infer, and whoever iterates tracks and counts. A file
    never loses a frame; of a camera the newest frame is taken whenever a worker is free.

    Args:
        open_source: Opens the source; called again by `rewind`.
        load: Loads the detector for frames of a (height, width).
        motion: When frames of an empty, still scene are kept from the detector; None to look at every frame.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        load: Callable[[tuple[int, int]], Detector],
        *,
        line: Line,
        anchor: Anchor,
        tracker: TrackerPolicy | None = None,
        steady: SteadyPolicy | None = None,
        counter: CounterPolicy | None = None,
        motion: MotionPolicy | None = None,
    ) -> None:
        self._open_source = open_source
        self._source = open_source()
        self.is_live = self._source.is_live
        try:
            self._detector = load(self._source.size)
        except BaseException:
            self._source.close()
            raise
        # The same threads for every round of a file: engines keep some megabytes for each thread that asks them.
        self._pool = ThreadPoolExecutor(self._detector.workers, thread_name_prefix="inference")
        self._tracker = ByteTrack(tracker)
        self._steady = SteadyBoxes(steady)
        self._policy = counter or CounterPolicy()
        self._motion = motion
        self._line, self._anchor = line, anchor
        self._size: tuple[int, int] | None = None
        self._counter: LineCounter | None = None
        self._near_before = 0
        self._closed = threading.Event()

    @property
    def model(self) -> str:
        """The model's name with its backend."""
        return f"{self._detector.model}/{self._detector.backend}"

    @property
    def near_line(self) -> int:
        """Tracks seen near the line since start."""
        return self._near_before + (self._counter.near_line if self._counter else 0)

    def progress(self) -> float | None:
        """How much of a file has been read, 0..1; None for a camera."""
        return self._source.progress()

    def set_line(self, line: Line | tuple[float, float, float, float], anchor: Anchor | str) -> None:
        """From the next frame on, another line counts; whoever stood at the old one starts anew."""
        self._line = line if isinstance(line, Line) else Line.of(line)
        self._anchor = Anchor(anchor)
        self._forget_people()

    def set_sample_fps(self, fps: float) -> None:
        """From now on, so many frames a second of a camera at most; a file is always read whole."""
        self._source.set_sample_fps(fps)

    def rewind(self) -> None:
        """A file from its start again, with new tracks."""
        self._source.close()
        self._source = self._open_source()
        self._tracker.forget()
        self._forget_people()

    def close(self) -> None:
        """Ends `frames`, from any thread."""
        self._closed.set()
        self._source.close()
        self._pool.shutdown(wait=False)

    def frames(self) -> Iterator[FrameResult | None]:
        """Frame by frame, to the end of a file or until `close`; None now and then while a camera has no frame.

        Raises:
            EdgeError: what ended decoding or inference.
        """
        feeder = Feeder(self._source, self._detector, self._pool, self._closed, self._motion)
        try:
            # A file's last frame waits for those who vanished beyond the line when it ended.
            last: FrameResult | None = None
            for item in feeder:
                if item is None:
                    yield None
                    continue
                result = self._count(*item)
                feeder.tell(somebody=self._remembers_somebody())
                if self.is_live:
                    yield result
                    continue
                if last is not None:
                    yield last
                last = result
            if last is not None:
                yield replace(last, crossings=last.crossings + self._finish())
        finally:
            feeder.stop()

    def _count(self, frame: Frame, seen: Detections | None) -> FrameResult:
        """Tracks and counts a frame; one that nobody looked at (None) tells tracker and counter that time passes."""
        detections = Detections.none() if seen is None else seen
        if frame.size != self._size:
            self._size = frame.size
            self._tracker.forget()
            self._forget_people()
        if self._counter is None:
            height, width = frame.size
            self._counter = LineCounter(self._line.in_pixels(width, height), self._policy)
        tracks = self._tracker.update(detections, frame.media_s)
        steady = self._steady.update(tracks, frame.media_s)
        crossings = self._counter.update(
            (_sighting(track, self._anchor) for track in steady), frame.index, frame.media_s
        )
        return FrameResult(
            index=frame.index,
            media_s=frame.media_s,
            captured_at=frame.captured_at,
            tracks=tuple(tracks),
            crossings=tuple(crossings),
            dropped=frame.dropped,
            reconnects=frame.reconnects,
            image=frame.image,
            people=tuple((x1, y1, x2, y2) for x1, y1, x2, y2 in detections.boxes.tolist()),
            skipped=seen is None,
        )

    def _remembers_somebody(self) -> bool:
        """Whether the tracker or the counter has anybody in mind, seen or not, certain or not."""
        return self._tracker.remembered > 0 or (self._counter is not None and self._counter.remembered > 0)

    def _finish(self) -> tuple[Crossing, ...]:
        return tuple(self._counter.finish()) if self._counter else ()

    def _forget_people(self) -> None:
        self._near_before = self.near_line
        self._counter = None


def _sighting(track: Track, anchor: Anchor) -> Sighting:
    x1, y1, x2, y2 = track.box
    x, y = anchor.of(track.box)
    return Sighting(track.tracker_id, x, y, height=y2 - y1, width=x2 - x1)


def open_pipeline(
    source: str,
    *,
    line: Line,
    anchor: Anchor,
    model: str | None = None,
    backend: str = "auto",
    threads: int | None = None,
    sample_fps: float | None = None,
    motion_gate: bool = False,
    say: Callable[[str], None] | None = None,
) -> Pipeline:
    """A pipeline for what a command line names.

    Args:
        source: A video file or an ``rtsp://`` address.
        model: A path or a name; None for yolo26n.
        backend: A name of `edge_worker.detection.port.Backend`.
        threads: Cores that inference may use; None for all.
        sample_fps: Of a camera, frames a second to look at; None for all. A file is always read whole.
        motion_gate: Keep frames of an empty, still scene from the detector.
        say: Is told which engine runs which model, in one line.

    Raises:
        EdgeError: the source, the model or the engine cannot be used.
    """
    from edge_worker.detection.choose import choose, named_backend, open_detector
    from edge_worker.video.open_source import open_source

    wanted = named_backend(backend)

    def load(size: tuple[int, int]) -> Detector:
        chosen = choose(model, wanted)
        detector = open_detector(chosen, size, threads=threads)
        if say is not None:
            height, width = detector.input_size
            engine = f"{chosen.backend} ({chosen.reason}), {detector.precision}"
            say(f"{chosen.name} on {engine}, {width} × {height}, {chosen.path.name}")
        return detector

    motion = MotionPolicy() if motion_gate else None
    return Pipeline(lambda: open_source(source, sample_fps), load, line=line, anchor=anchor, motion=motion)
