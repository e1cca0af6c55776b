"""Open a pipeline: the source, and the model in this process or in the detector process."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Detector
from edge_worker.detection.shared_detector import SharedDetector
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_memory import RegionMemory
from edge_worker.motion.parameters import MotionParameters
from edge_worker.overhead.turned_detector import OpenTurned, SharedTurns, TurnedDetectors
from edge_worker.overhead.view import View
from edge_worker.overhead.view_memory import ViewMemory
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.shared_source import SharedSource
from edge_worker.video.source import Source


@dataclass(frozen=True, slots=True)
class SharedInput:
    """What the cameras of one source share: each frame is decoded once and searched for people once."""

    source: SharedSource
    detector: SharedDetector
    turns: SharedTurns = field(default_factory=SharedTurns)


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
    view: View = View.SIDE,
    view_memory: ViewMemory | None = None,
    region: Region | None = None,
    region_memory: RegionMemory | None = None,
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
        view: From where the camera sees the people; of no meaning for the motion backend.
        view_memory: Where the view that was found out is kept over a restart; None for nowhere.
        region: The part of the frames that the model looks at; None for whole frames, or what is found out.
        region_memory: Where the region that was found out is kept over a restart; None for nowhere.
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
    from edge_worker.detection.selection import LONGEST_SIDE, choose_detector, open_detector, parse_backend
    from edge_worker.video.source import open_source

    requested, requested_device = parse_backend(backend), parse_device(device)

    def connect(size: tuple[int, int], address: socket.socket, longest_side: int) -> Detector:
        from edge_worker.detector_process.messages import SourceRequest
        from edge_worker.detector_process.remote_detector import RemoteDetector

        detector = RemoteDetector(address, SourceRequest(name, size, model, backend, device, longest_side))
        if on_message is not None:
            on_message(detector.description)
        return detector

    def load_detector(size: tuple[int, int], longest_side: int = LONGEST_SIDE) -> Detector:
        if detector_address is not None and requested is not Backend.MOTION:
            return connect(size, detector_address, longest_side)
        choice = choose_detector(model, requested, requested_device)
        detector = open_detector(choice, size, threads=threads, longest_side=longest_side)
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

    def open_turned(size: tuple[int, int]) -> OpenTurned:
        own = TurnedDetectors(load_detector, size)
        return own if shared is None else shared.turns.opener(own)

    return Pipeline(
        open_shared_source,
        open_shared_detector,
        line=line,
        anchor=anchor,
        motion=motion,
        ignore_children=ignore_children,
        view=View.SIDE if requested is Backend.MOTION else view,
        view_memory=view_memory,
        open_turned=open_turned,
        load_sized=load_detector,
        region=region,
        region_memory=region_memory,
        camera=camera,
    )
