"""Where the worker gets its frames and crossings from."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import SourceLostError
from edge_worker.line_region.region_memory import RegionMemory
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.overhead.view_memory import ViewMemory
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.remote_config.effective_config import EffectiveConfig
from edge_worker.running.options import RunOptions

if TYPE_CHECKING:
    from edge_worker.pipeline.opening import SharedInput

log = logging.getLogger(__name__)

RETRY_PAUSE_S = 5.0


class Feed(Protocol):
    """A source of processed frames: a `Pipeline`, or a simulation."""

    @property
    def is_live(self) -> bool:
        """Return whether it is a camera."""
        ...

    @property
    def model(self) -> str:
        """Return the names of the model and its backend."""
        ...

    @property
    def near_line(self) -> int:
        """Return the number of tracks that came near the line since the start."""
        ...

    def frames(self) -> Iterator[FrameResult | None]:
        """Yield frame by frame; yield None regularly while a live source has no frame."""
        ...

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Use another line from the next frame on."""
        ...

    def set_sample_fps(self, fps: float) -> None:
        """Limit a camera to this many frames per second; no effect on a file."""
        ...

    def set_ignore_children(self, ignore_children: bool) -> None:
        """Count children or not from the next frame on."""
        ...

    def add_line_sample(self, sample: LineSample) -> None:
        """Process a picture in which motion across the line was measured; returns at once."""
        ...

    def rewind(self) -> None:
        """Start a file again from its first frame, with new tracks."""
        ...

    def close(self) -> None:
        """End `frames`; may be called from any thread."""
        ...


FeedOpener = Callable[[RunOptions, EffectiveConfig, CameraStatus], Feed]
"""Opens a feed, which writes its measurements to the `CameraStatus`."""


def open_feed(
    options: RunOptions,
    config: EffectiveConfig,
    camera: CameraStatus,
    *,
    name: str = "source",
    detector_address: socket.socket | None = None,
    shared: SharedInput | None = None,
) -> Feed:
    """Open the source, and load the model or connect to the detector process.

    Args:
        options: The options of the run.
        config: The settings that apply.
        camera: Gets the measurements of the feed.
        name: The name of the camera, for the log of the detector process.
        detector_address: The workers' socket of the detector process; None to run the model in this process.
        shared: What the cameras of this source share; None for a source with one camera.

    Raises:
        EdgeError: The source, the model or its backend cannot be used.
    """
    from edge_worker.pipeline.opening import open_pipeline

    return open_pipeline(
        options.source,
        line=config.line,
        anchor=config.anchor,
        name=name,
        model=options.model,
        backend=options.backend,
        device=options.device,
        threads=options.threads,
        sample_fps=config.sample_fps,
        motion_gate=options.gates_motion,
        ignore_children=config.policy.ignore_children,
        view=options.view,
        view_memory=ViewMemory.beside(options.outbox),
        region_memory=RegionMemory.beside(options.outbox),
        camera=camera,
        detector_address=detector_address,
        shared=shared,
        on_message=log.info,
    )


class RetryingFeed:
    """A feed that is opened when its frames are first requested and, with ``retry``, again until that works.

    After a power cut the machine often starts faster than the camera. The worker then runs without frames, delivers
    its backlog and tries again. On the first installation it should fail instead, because somebody waits for the
    result.

    Args:
        open_feed: Opens the feed.
        retry: Whether to try again while the source is unreachable, instead of raising.
    """

    def __init__(self, open_feed: Callable[[], Feed], *, retry: bool) -> None:
        self._open_feed = open_feed
        self._retry = retry
        self._feed: Feed | None = None
        self._closed = threading.Event()
        self.problem: str | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the feed has been opened."""
        return self._feed is not None

    @property
    def is_live(self) -> bool:
        """Return whether it is a camera; False before it has been opened."""
        return self._feed is not None and self._feed.is_live

    @property
    def model(self) -> str:
        """Return the names of the model and its backend; empty before the feed has been opened."""
        return self._feed.model if self._feed else ""

    @property
    def near_line(self) -> int:
        """Return the number of tracks that came near the line since the start."""
        return self._feed.near_line if self._feed else 0

    def frames(self) -> Iterator[FrameResult | None]:
        """Open the feed and yield its frames; yield None while it cannot be opened.

        Raises:
            EdgeError: It cannot be opened.
        """
        while self._feed is None and not self._closed.is_set():
            try:
                self._feed = self._open_feed()
                self.problem = None
            except SourceLostError as error:
                if not self._retry:
                    raise
                self.problem = str(error)
                log.warning("%s; next attempt in %.0f s", error, RETRY_PAUSE_S)
                yield None
                self._closed.wait(RETRY_PAUSE_S)
        if self._closed.is_set():
            self.close()
        if self._feed is not None:
            yield from self._feed.frames()

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Use another line from the next frame on."""
        if self._feed is not None:
            self._feed.set_line(line, anchor)

    def set_sample_fps(self, fps: float) -> None:
        """Limit a camera to this many frames per second."""
        if self._feed is not None:
            self._feed.set_sample_fps(fps)

    def set_ignore_children(self, ignore_children: bool) -> None:
        """Count children or not from the next frame on."""
        if self._feed is not None:
            self._feed.set_ignore_children(ignore_children)

    def add_line_sample(self, sample: LineSample) -> None:
        """Process a picture in which motion across the line was measured."""
        if self._feed is not None:
            self._feed.add_line_sample(sample)

    def rewind(self) -> None:
        """Start a file again from its first frame."""
        if self._feed is not None:
            self._feed.rewind()

    def close(self) -> None:
        """End `frames`, also while it waits for the next attempt; may be called from any thread."""
        self._closed.set()
        if self._feed is not None:
            self._feed.close()
