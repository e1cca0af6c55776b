"""The pipeline of one source: decode, detect, track and count."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.parameters import CounterParameters
from edge_worker.detection.detector import Backend, Detections, Detector
from edge_worker.line_region.people_elsewhere import PeopleElsewhere
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_detector import LoadSized
from edge_worker.line_region.region_memory import RegionMemory
from edge_worker.line_region.watch import RegionWatch
from edge_worker.motion.parameters import MotionParameters
from edge_worker.overhead.parameters import tracker_parameters
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.overhead.turned_detector import OpenTurned, TurnedDetectors, ViewDetector
from edge_worker.overhead.turns import turns_from_above
from edge_worker.overhead.view import View
from edge_worker.overhead.view_memory import ViewMemory
from edge_worker.overhead.watch import OverheadWatch
from edge_worker.pipeline.camera_measurement import CameraMeasurement
from edge_worker.pipeline.clip_look import ClipLook
from edge_worker.pipeline.counting_stage import CountingStage
from edge_worker.pipeline.detection_stream import Detected, DetectionStream
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.tracking.box_height_filter import BoxHeightParameters
from edge_worker.tracking.byte_track import TrackerParameters
from edge_worker.video.frame import Frame
from edge_worker.video.source import Source


class Pipeline:
    """Processes the frames of a source in order.

    One thread decodes, one thread per detector worker runs inference, and the thread that iterates `frames` tracks and
    counts. Every frame of a file is processed. For a camera, the next frame is taken when a worker is free.

    Args:
        open_source: Opens the source. `rewind` calls it again.
        load_detector: Loads the detector for frames of size (height, width).
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        tracker: Parameters of the tracker; None for those of the view.
        box_height: Parameters of the box height filter.
        counter: Parameters of the line counter.
        motion: Parameters of the motion gate; None to run detection on every frame.
        ignore_children: People who are much smaller than usual where they cross are not counted.
        view: From where the camera sees the people. ``auto`` finds it out from the `LineSample` of a camera; a file is
            taken for a view from the side.
        view_memory: Where the view that was found out is kept over a restart; None for nowhere.
        open_turned: Returns what opens the detectors for turned frames of size (height, width) before they are turned;
            None to load them with `load_detector`.
        load_sized: Loads the detector for a region around the line; None to load it with `load_detector`.
        region: The part of the frames that the model looks at; None for whole frames. With the view ``auto``, the
            region of a camera is found out.
        region_memory: Where the region that was found out is kept over a restart; None for nowhere.
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
        view: View = View.SIDE,
        view_memory: ViewMemory | None = None,
        open_turned: Callable[[tuple[int, int]], OpenTurned] | None = None,
        load_sized: LoadSized | None = None,
        region: Region | None = None,
        region_memory: RegionMemory | None = None,
        camera: CameraStatus | None = None,
    ) -> None:
        self._open_source = open_source
        self._source = open_source()
        self.is_live = self._source.is_live
        self._line, self._anchor = line, anchor
        self._given_tracker = tracker
        self._watch: OverheadWatch | None = None
        self._region_watch: RegionWatch | None = None
        try:
            size = self._source.size
            self._detector = ViewDetector(
                load_detector(size),
                open_turned(size) if open_turned else TurnedDetectors(load_detector, size),
                load_sized or (lambda part, _longest_side: load_detector(part)),
            )
            self._elsewhere = PeopleElsewhere(self._detector)
            if region is not None:
                self._detector.set_region(self._detector.open_region(region))
            if view is View.ABOVE:
                self._detector.set_turns(turns_from_above(line, size))
            elif view is View.AUTO and self.is_live:
                self._watch = OverheadWatch(self._detector, line, size, view_memory)
                self._region_watch = RegionWatch(self._detector, line, size, region_memory)
        except BaseException:
            self._source.close()
            raise
        # `rewind` keeps these threads: inference engines allocate some megabytes per calling thread.
        self._pool = ThreadPoolExecutor(self._detector.workers, thread_name_prefix="inference")
        self._is_above = self._detector.is_above
        self._counting = CountingStage(
            line,
            self.anchor,
            tracker=self._tracker_parameters(),
            box_height=box_height,
            counter=counter,
            ignore_children=ignore_children,
        )
        self._motion = motion
        self._camera = camera or CameraStatus()
        self._camera.view = self._view
        self._camera.device = f"{self._detector.backend}:{self._detector.device}"
        self._measurement = CameraMeasurement(self._camera)
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
    def anchor(self) -> Anchor:
        """Return the point of a person's box that crosses the line."""
        return self._view.anchor(self._anchor)

    @property
    def near_line(self) -> int:
        """Return the number of tracks that came near the line since the start."""
        return self._counting.near_line

    def progress(self) -> float | None:
        """Return the share of a file that has been read, 0..1; None for a camera."""
        return self._source.progress()

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Use another line from the next frame on; the counter forgets all people."""
        self._line, self._anchor = line, anchor
        if self._is_above:
            self._detector.set_turns(turns_from_above(line, self._source.size))
        self._counting.set_line(line, self.anchor)
        if self._watch is not None:
            self._watch.set_line(line)
        if self._region_watch is not None:
            self._region_watch.set_line(line)

    def add_line_sample(self, sample: LineSample) -> None:
        """Process a picture in which motion across the line was measured."""
        if self._watch is not None:
            self._watch.add(sample)

    def set_sample_fps(self, fps: float) -> None:
        """Limit a camera to this many frames per second; every frame of a file is read."""
        self._source.set_sample_fps(fps)

    def set_ignore_children(self, ignore_children: bool) -> None:
        """Count children or not from the next frame on."""
        self._counting.set_ignore_children(ignore_children)

    def clip_look(self) -> ClipLook | None:
        """Return what finds out from the frames of a file how the model has to look at them.

        None for the motion backend, which runs no model.
        """
        if self._detector.backend is Backend.MOTION:
            return None
        return ClipLook(self._line, self._anchor, lambda: self._detector)

    def rewind(self) -> None:
        """Start a file again from its first frame, with new tracks."""
        self._source.close()
        self._source = self._open_source()
        self._counting.reset()

    def close(self) -> None:
        """End `frames`; may be called from any thread."""
        self._closed.set()
        if self._watch is not None:
            self._watch.stop()
        if self._region_watch is not None:
            self._region_watch.stop()
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
                self._measurement.add(result, self._source, self._detector.region)
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
        self._follow_view()
        if self._region_watch is not None and detected is not None and not detected.is_quiet:
            self._region_watch.add(frame.image, frame.media_s)
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
            people=() if detected is None else self._elsewhere.added_to(detections, frame.image, frame.media_s),
            decode_s=frame.decode_s,
            inference_s=0.0 if detected is None else detected.inference_s,
            skipped=detected is None,
        )

    def _follow_view(self) -> None:
        """Count the point of people that is right for the view of the newest frames."""
        if self._is_above is not self._detector.is_above:
            self._is_above = self._detector.is_above
            self._counting.set_line(self._line, self.anchor)
            self._counting.set_tracker(self._tracker_parameters())
            self._camera.view = self._view

    def _tracker_parameters(self) -> TrackerParameters:
        return self._given_tracker or tracker_parameters(self._view)

    @property
    def _view(self) -> View:
        return View.ABOVE if self._is_above else View.SIDE
