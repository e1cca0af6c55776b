"""The pipeline of one source: decode, detect, track and count."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import monotonic

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.parameters import CounterParameters
from edge_worker.detection.detector import Detections, Detector
from edge_worker.detection.shared_detector import SharedDetector
from edge_worker.motion.parameters import MotionParameters
from edge_worker.pipeline.counting_stage import CountingStage
from edge_worker.pipeline.detection_stream import Detected, DetectionStream
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.performance import Performance
from edge_worker.tracking.box_height_filter import BoxHeightParameters
from edge_worker.tracking.byte_track import TrackerParameters
from edge_worker.tracking.walking_speed import WalkingSpeed
from edge_worker.video.frame import Frame
from edge_worker.video.shared_source import SharedSource
from edge_worker.video.source import Source

MEASURE_S = 1.0
"""How often the speed is written to the status of the camera."""


class Pipeline:
    """Processes the frames of a source in order.

    One thread decodes, one thread per detector worker runs inference, and the thread that iterates `frames` tracks and
    counts. Every frame of a file is processed. For a camera, the next frame is taken when a worker is free.

    Args:
        open_source: Opens the source. `rewind` calls it again.
        load_detector: Loads the detector for frames of size (height, width).
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        tracker: Parameters of the tracker.
        box_height: Parameters of the box height filter.
        counter: Parameters of the line counter.
        motion: Parameters of the motion gate; None to run detection on every frame.
        ignore_children: People who are much smaller than usual where they cross are not counted.
        camera: Gets the measurements of the pipeline; None when they are not needed.

    Raises:
        EdgeError: The source cannot be opened or the detector cannot be loaded.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        load_detector: Callable[[tuple[int, int]], Detector],
        *,
        line: Line,
        anchor: Anchor,
        tracker: TrackerParameters | None = None,
        box_height: BoxHeightParameters | None = None,
        counter: CounterParameters | None = None,
        motion: MotionParameters | None = None,
        ignore_children: bool = False,
        camera: CameraStatus | None = None,
    ) -> None:
        self._open_source = open_source
        self._source = open_source()
        self.is_live = self._source.is_live
        try:
            self._detector = load_detector(self._source.size)
        except BaseException:
            self._source.close()
            raise
        # `rewind` keeps these threads: inference engines allocate some megabytes per calling thread.
        self._pool = ThreadPoolExecutor(self._detector.workers, thread_name_prefix="inference")
        self._counting = CountingStage(
            line, anchor, tracker=tracker, box_height=box_height, counter=counter, ignore_children=ignore_children
        )
        self._motion = motion
        self._camera = camera or CameraStatus()
        self._camera.device = f"{self._detector.backend}:{self._detector.device}"
        self._performance = Performance()
        self._walking = WalkingSpeed()
        self._measured_at = monotonic()
        self._closed = threading.Event()

    @property
    def model(self) -> str:
        """Return the name of the model and its backend, such as ``yolo26n/openvino``."""
        return f"{self._detector.model}/{self._detector.backend}"

    @property
    def precision(self) -> str:
        """Return the number format of the computation, such as ``f32`` or ``int8``."""
        return self._detector.precision

    @property
    def near_line(self) -> int:
        """Return the number of tracks that came near the line since the start."""
        return self._counting.near_line

    def progress(self) -> float | None:
        """Return the share of a file that has been read, 0..1; None for a camera."""
        return self._source.progress()

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Use another line from the next frame on; the counter forgets all people."""
        self._counting.set_line(line, anchor)

    def set_sample_fps(self, fps: float) -> None:
        """Limit a camera to this many frames per second; every frame of a file is read."""
        self._source.set_sample_fps(fps)

    def set_ignore_children(self, ignore_children: bool) -> None:
        """Count children or not from the next frame on."""
        self._counting.set_ignore_children(ignore_children)

    def rewind(self) -> None:
        """Start a file again from its first frame, with new tracks."""
        self._source.close()
        self._source = self._open_source()
        self._counting.reset()

    def close(self) -> None:
        """End `frames`; may be called from any thread."""
        self._closed.set()
        self._source.close()
        self._detector.close()
        self._pool.shutdown(wait=False)

    def frames(self) -> Iterator[FrameResult | None]:
        """Yield a result per frame until the file ends or `close` is called.

        Yields None about twice a second while a camera delivers no frame.

        Raises:
            EdgeError: Decoding or inference failed.
        """
        stream = DetectionStream(self._source, self._detector, self._pool, self._closed, motion=self._motion)
        try:
            # The last frame of a file is held back: it carries the crossings of tracks that ended beyond the line.
            last: FrameResult | None = None
            for item in stream:
                if item is None:
                    yield None
                    continue
                result = self._count(*item)
                stream.report(people_present=self._counting.holds_people)
                self._measure(result)
                if self.is_live:
                    yield result
                    continue
                if last is not None:
                    yield last
                last = result
            if last is not None:
                yield replace(last, crossings=last.crossings + self._counting.finish())
        finally:
            stream.stop()

    def _count(self, frame: Frame, detected: Detected | None) -> FrameResult:
        """Track and count a frame; for a skipped frame (None) tracker and counter only learn that time has passed."""
        detections = Detections.none() if detected is None else detected.detections
        tracks, crossings = self._counting.update(detections, frame.size, frame.index, frame.media_s)
        return FrameResult(
            index=frame.index,
            media_s=frame.media_s,
            captured_at=frame.captured_at,
            tracks=tuple(tracks),
            crossings=tuple(crossings),
            dropped=frame.dropped,
            reconnects=frame.reconnects,
            unchecked=frame.unchecked,
            damaged=frame.damaged,
            image=frame.image,
            people=tuple((x1, y1, x2, y2) for x1, y1, x2, y2 in detections.boxes.tolist()),
            decode_s=frame.decode_s,
            inference_s=0.0 if detected is None else detected.inference_s,
            skipped=detected is None,
        )

    def _measure(self, result: FrameResult) -> None:
        """Measure the speed, and update the status of the camera every `MEASURE_S` seconds."""
        now = monotonic()
        self._walking.update(result.tracks, result.media_s)
        frames = 1 + result.unchecked + result.damaged
        self._performance.add(now, frames=frames, decode_s=result.decode_s, inference_s=result.inference_s)
        if now - self._measured_at < MEASURE_S:
            return
        self._measured_at = now
        self._camera.fps_wanted = self._source.fps_wanted
        self._camera.transport = self._source.transport
        self._camera.decoder = self._source.decoder
        self._camera.damage = self._source.damage
        self._camera.fps_reached = self._performance.fps
        self._camera.decode_ms = self._performance.decode_ms
        self._camera.inference_ms = self._performance.inference_ms
        self._camera.walking_speed = self._walking.heights_per_s
        self._camera.walking_height = self._walking.height


@dataclass(frozen=True, slots=True)
class SharedInput:
    """What the cameras of one source share: each frame is decoded once and searched for people once."""

    source: SharedSource
    detector: SharedDetector


def open_pipeline(
    source: str,
    *,
    line: Line,
    anchor: Anchor,
    name: str = "source",
    model: str | None = None,
    backend: str = "auto",
    device: str = "auto",
    threads: int | None = None,
    sample_fps: float | None = None,
    motion_gate: bool = False,
    ignore_children: bool = False,
    camera: CameraStatus | None = None,
    detector_address: socket.socket | None = None,
    shared: SharedInput | None = None,
    on_message: Callable[[str], None] | None = None,
) -> Pipeline:
    """Open a source and load a model, or connect to the detector process.

    Args:
        source: A video file or an ``rtsp://`` address.
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        name: What the detector process calls the source in its log.
        model: A path or a name; None for yolo26n.
        backend: A name of `edge_worker.detection.detector.Backend`.
        device: A name of `edge_worker.detection.device.Device`.
        threads: Cores that inference in this process may use; None for all.
        sample_fps: Largest number of frames per second of a camera; None for all. Every frame of a file is read.
        motion_gate: Skip detection on frames of an empty, still scene.
        ignore_children: People who are much smaller than usual where they cross are not counted.
        camera: Gets the measurements of the pipeline; None when they are not needed.
        detector_address: The workers' socket of the detector process; None to run the model in this process. The motion
            backend always runs in this process.
        shared: What the cameras of this source share; None for a source with one camera.
        on_message: Called with one line about the model and the backend.

    Raises:
        EdgeError: The source, the model or the backend cannot be used.
    """
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.device import parse_device
    from edge_worker.detection.selection import choose_detector, open_detector, parse_backend
    from edge_worker.video.source import open_source

    requested, requested_device = parse_backend(backend), parse_device(device)

    def connect(size: tuple[int, int], address: socket.socket) -> Detector:
        from edge_worker.detector_process.messages import SourceRequest
        from edge_worker.detector_process.remote_detector import RemoteDetector

        detector = RemoteDetector(address, SourceRequest(name, size, model, backend, device))
        if on_message is not None:
            on_message(detector.description)
        return detector

    def load_detector(size: tuple[int, int]) -> Detector:
        if detector_address is not None and requested is not Backend.MOTION:
            return connect(size, detector_address)
        choice = choose_detector(model, requested, requested_device)
        detector = open_detector(choice, size, threads=threads)
        if on_message is not None:
            on_message(choice.describe(detector))
        return detector

    motion = MotionParameters() if motion_gate else None

    def open_own_source() -> Source:
        return open_source(source, sample_fps)

    def open_shared_source() -> Source:
        return open_own_source() if shared is None else shared.source.open(open_own_source, sample_fps)

    def open_shared_detector(size: tuple[int, int]) -> Detector:
        return load_detector(size) if shared is None else shared.detector.open(lambda: load_detector(size))

    return Pipeline(
        open_shared_source,
        open_shared_detector,
        line=line,
        anchor=anchor,
        motion=motion,
        ignore_children=ignore_children,
        camera=camera,
    )
