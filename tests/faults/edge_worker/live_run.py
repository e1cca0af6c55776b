"""A worker in front of a real RTSP camera and a real detector process, with a record of each frame.

The camera sends the H.264 of a file without encoding it anew, so the worker gets the pictures that a file mode of the
same file decodes, and what it counts can be compared with it frame by frame.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import pytest

from edge_worker.camera_status import CameraStatus
from edge_worker.crossing import Crossing
from edge_worker.detection.detector import Detections
from edge_worker.detector_process.sockets import DetectorSockets
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_detector import RegionDetector
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import Turn
from edge_worker.overhead.view import View
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.remote_config.effective_config import EffectiveConfig
from edge_worker.running.feed import Feed, open_feed
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session, StopRequest
from edge_worker.supervisor.edge_file import read_edge_file
from edge_worker.supervisor.processes import detector_spec
from edge_worker.tracking.byte_track import Track
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from tests.assets import models_folder
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend

LookedAt = tuple[tuple[Turn, ...], Region | None]
"""How the model looked at a frame: the turns, and the region."""


def write_h264(path: Path, images: Iterable[Image], fps: Fraction) -> Path:
    """Write pictures as an MP4 file without frames that refer to later ones, as a camera encodes them."""
    with av.open(str(path), "w") as container:
        stream: Any = None
        for number, image in enumerate(images):
            if stream is None:
                stream = container.add_stream("libx264", rate=fps)
                stream.height, stream.width = image.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.options = {"preset": "veryfast", "tune": "zerolatency", "g": "10", "crf": "16"}
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = number, 1 / fps
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def pictures_of(path: Path, *, step: int = 1) -> Iterator[Image]:
    """Every ``step``-th picture of a file."""
    source = FileSource(str(path))
    while (frame := source.read()) is not None:
        if frame.index % step == 0:
            yield frame.image
    source.close()


@dataclass(frozen=True)
class CountedFrame:
    """What the worker did with a frame.

    Attributes:
        number: Its number in the clip.
        media_s: Its time in the worker.
        view: The view that it was counted with.
        looked_at: How the model looked at it; None if the motion gate skipped it.
        lost: Frames before it that the worker does not report as processed.
    """

    number: int
    media_s: float
    view: View
    looked_at: LookedAt | None
    lost: int
    tracks: tuple[Track, ...]
    crossings: tuple[Crossing, ...]


@dataclass
class LiveRun:
    """The frames of a run, in order, and the crossings that the backend got."""

    frames: list[CountedFrame] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def crossings(self) -> list[Crossing]:
        return [crossing for frame in self.frames for crossing in frame.crossings]


class FrameRecord:
    """Notes how the model looks at each frame, and what the worker makes of it.

    Args:
        clip: The file that the camera plays.
    """

    def __init__(self, clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._numbers: dict[bytes, list[int]] = {}
        for number, image in enumerate(pictures_of(clip)):
            self._numbers.setdefault(_digest(image), []).append(number)
        self.size = max(max(numbers) for numbers in self._numbers.values()) + 1
        self._looked_at: dict[bytes, LookedAt] = {}
        self._next = 0
        self.run = LiveRun()
        whole, in_part = ViewDetector.look, RegionDetector.detect

        def look(detector: ViewDetector, image: Image, turns: Sequence[Turn]) -> Detections:
            self._note(image, (tuple(turns), None))
            return whole(detector, image, turns)

        def detect(detector: RegionDetector, image: Image) -> Detections:
            self._note(image, ((Turn.NONE,), detector.region))
            return in_part(detector, image)

        monkeypatch.setattr(ViewDetector, "look", look)
        monkeypatch.setattr(RegionDetector, "detect", detect)

    def _note(self, image: Image, looked_at: LookedAt) -> None:
        """Note how a frame is looked at to count it; trials, which look at frames too, have threads of their own."""
        if threading.current_thread().name.startswith("inference"):
            self._looked_at[_digest(image)] = looked_at

    def frames(self, feed: Feed, camera: CameraStatus) -> Iterator[FrameResult | None]:
        """The frames of a feed until the camera has played the clip once."""
        for result in feed.frames():
            if result is not None:
                if result.reconnects:
                    break
                self._add(result, camera)
            yield result

    def _add(self, result: FrameResult, camera: CameraStatus) -> None:
        digest = _digest(result.image)
        assert digest in self._numbers, f"the picture at {result.media_s} s is none of the clip"
        number = next(one for one in self._numbers[digest] if one >= self._next)
        lost = number - self._next - result.unchecked
        self._next = number + 1
        self.run.frames.append(
            CountedFrame(
                number=number,
                media_s=result.media_s,
                view=camera.view or View.SIDE,
                looked_at=None if result.skipped else self._looked_at[digest],
                lost=lost,
                tracks=result.tracks,
                crossings=result.crossings,
            )
        )


@contextmanager
def detector_process(folder: Path, backend: RecordingBackend, source: str) -> Iterator[DetectorSockets]:
    """The detector process, started as the supervisor starts it."""
    file = folder / "edge.toml"
    lines = (f'api = "{backend.url}"', f'key = "{KEY}"', f'state = "{folder}"', "threads = 1")
    camera = ("[[camera]]", f'id = "{backend.camera_id}"', f'source = "{source}"')
    file.write_text("\n".join((*lines, *camera)) + "\n")
    sockets = DetectorSockets.create()
    spec = detector_spec(read_edge_file(file), sockets)
    process = subprocess.Popen(
        spec.command,
        env={**os.environ, **spec.environment, "METRICA_MODELS": str(models_folder())},
        pass_fds=spec.descriptors,
        stderr=(folder / "detector.log").open("w"),
    )
    try:
        yield sockets
    finally:
        process.terminate()
        process.wait(30)
        sockets.close()


def count_live(
    record: FrameRecord, options: RunOptions, sockets: DetectorSockets, backend: RecordingBackend
) -> LiveRun:
    """Run a worker until its camera has played the clip once."""

    class Recorded:
        """The pipeline of the worker with its frames recorded."""

        def __init__(self, feed: Feed, camera: CameraStatus) -> None:
            self._feed, self._camera = feed, camera

        def frames(self) -> Iterator[FrameResult | None]:
            return record.frames(self._feed, self._camera)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._feed, name)

    def open_recorded(options: RunOptions, config: EffectiveConfig, camera: CameraStatus) -> Feed:
        opened = open_feed(options, config, camera, detector_address=sockets.address)
        return cast("Feed", Recorded(opened, camera))

    assert Session(options, open_recorded, "1", stop=StopRequest()).run() == 0
    record.run.events = sorted(backend.stored.values(), key=lambda event: str(event["ts"]))
    return record.run


def _digest(image: Image) -> bytes:
    return hashlib.blake2b(image.tobytes(), digest_size=16).digest()
