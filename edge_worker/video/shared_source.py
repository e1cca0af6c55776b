"""One video source for several cameras: the frames are decoded once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from edge_worker.errors import EdgeError
from edge_worker.video.damage import Damage
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Frame
from edge_worker.video.source import Source
from edge_worker.video.stream_socket import Transport

MAX_WAITING = 4
"""Frames that wait for one camera while another one is faster. Of a live source the oldest is dropped, a file waits."""


class SharedSource:
    """Opens a source once and gives each of its frames to every camera. Safe for use by several threads.

    The cameras start together: `open` returns when as many have called it as there are, so that none misses a frame of
    a file. A live source can be joined while it runs.

    Args:
        cameras: Number of cameras.
    """

    def __init__(self, cameras: int) -> None:
        self._changed = threading.Condition()
        self._cameras = cameras
        self._waiting: list[SharedSourceView] = []
        self._views: list[SharedSourceView] = []
        self._source: Source | None = None
        self._is_reading = False

    def open(self, open_source: Callable[[], Source], sample_fps: float | None = None) -> SharedSourceView:
        """Return a view of the source, for one camera.

        Args:
            open_source: Opens the source.
            sample_fps: Largest number of frames per second that the camera needs; None for all.

        Raises:
            SourceError: The source cannot be opened.
        """
        view = SharedSourceView(self, sample_fps)
        with self._changed:
            if self._source is not None and self._source.is_live:
                self._start([view], self._source)
                return view
            self._waiting.append(view)
            while not view.is_started:
                if self._source is None and len(self._waiting) >= self._cameras:
                    self._open_for_all(open_source)
                else:
                    self._changed.wait()
            if view.error is not None:
                raise view.error
        return view

    def leave(self) -> None:
        """Go on without one of the cameras."""
        with self._changed:
            self._cameras -= 1
            self._changed.notify_all()

    def rejoin(self) -> None:
        """Expect a camera again that had left."""
        with self._changed:
            self._cameras += 1

    def _open_for_all(self, open_source: Callable[[], Source]) -> None:
        views, self._waiting = self._waiting, []
        try:
            source = open_source()
        except EdgeError as error:
            for view in views:
                view.error = error
        else:
            self._source = source
            self._start(views, source)
        self._changed.notify_all()

    def _start(self, views: list[SharedSourceView], source: Source) -> None:
        for view in views:
            view.source = source
        self._views += views
        self._limit_rate(source)
        self._limit_checks(source)

    def _limit_rate(self, source: Source) -> None:
        """Limit the source to the rate of the camera that needs most."""
        rates = [view.sample_fps for view in self._views]
        known = [rate for rate in rates if rate is not None]
        if known and len(known) == len(rates):
            source.set_sample_fps(max(known))

    def _limit_checks(self, source: Source) -> None:
        """Return as many pictures as the camera needs that needs most."""
        source.set_check_interval(min((view.check_interval_s for view in self._views), default=0.0))

    # -- called by the views -----------------------------------------------------------------------------------------

    def read(self, view: SharedSourceView, timeout_s: float) -> Frame | None:
        """Return the next frame of a view; the first view that needs a frame reads it for all."""
        deadline = monotonic() + timeout_s
        while True:
            with self._changed:
                if view.frames:
                    self._changed.notify_all()
                    return view.frames.popleft()
                left_s = deadline - monotonic()
                if view.has_ended() or left_s <= 0:
                    return None
                if self._is_reading or self._is_full(view.opened):
                    self._changed.wait(left_s)
                    continue
                self._is_reading = True
            self._read_for_all(view.opened, left_s)

    def _read_for_all(self, source: Source, timeout_s: float) -> None:
        frame = None
        try:
            frame = source.read(timeout_s)
        finally:
            with self._changed:
                self._is_reading = False
                if frame is not None:
                    for view in self._views:
                        view.add(frame)
                self._changed.notify_all()

    def close(self, view: SharedSourceView) -> None:
        """End a view, and the source with the last one."""
        with self._changed:
            if view not in self._views:
                return
            self._views.remove(view)
            self._changed.notify_all()
            if self._views:
                self._limit_checks(view.opened)
                return
            source, self._source = self._source, None
        if source is not None:
            source.close()
        with self._changed:
            self._changed.notify_all()

    def set_sample_fps(self, view: SharedSourceView, fps: float) -> None:
        """Change the rate that a view needs."""
        with self._changed:
            view.sample_fps = fps
            self._limit_rate(view.opened)

    def set_check_interval(self, view: SharedSourceView, seconds: float) -> None:
        """Change how often a view needs a picture."""
        with self._changed:
            view.check_interval_s = seconds
            self._limit_checks(view.opened)

    def _is_full(self, source: Source) -> bool:
        """Return whether a camera has not taken the frames of a file that it has."""
        return not source.is_live and any(len(view.frames) >= MAX_WAITING for view in self._views)


class SharedSourceView:
    """The source as one camera sees it."""

    def __init__(self, shared: SharedSource, sample_fps: float | None) -> None:
        self.frames: deque[Frame] = deque()
        self.source: Source | None = None
        self.error: EdgeError | None = None
        self.sample_fps = sample_fps
        self.check_interval_s = 0.0
        self._shared = shared
        self._is_closed = False
        self._dropped = 0
        self._reconnects = 0
        self._unchecked = 0
        self._damaged = 0

    @property
    def is_started(self) -> bool:
        """Return whether the source was opened, or could not be."""
        return self.source is not None or self.error is not None

    @property
    def opened(self) -> Source:
        """Return the source, which has been opened."""
        if self.source is None:
            raise RuntimeError("the source is not open")
        return self.source

    def add(self, frame: Frame) -> None:
        """Add a frame; drop the oldest one of a live source if the camera is too slow."""
        if self.opened.is_live and len(self.frames) >= MAX_WAITING:
            oldest = self.frames.popleft()
            self._dropped += oldest.dropped + 1
            self._reconnects += oldest.reconnects
            self._unchecked += oldest.unchecked
            self._damaged += oldest.damaged
        if self._dropped or self._reconnects:
            frame = replace(
                frame,
                dropped=frame.dropped + self._dropped,
                reconnects=frame.reconnects + self._reconnects,
                unchecked=frame.unchecked + self._unchecked,
                damaged=frame.damaged + self._damaged,
            )
            self._dropped = self._reconnects = self._unchecked = self._damaged = 0
        self.frames.append(frame)

    def has_ended(self) -> bool:
        """Return whether no more frames come, apart from those that wait."""
        return self._is_closed or self.opened.ended

    # -- the interface of a source -----------------------------------------------------------------------------------

    @property
    def is_live(self) -> bool:
        """Return whether it is a camera."""
        return self.opened.is_live

    @property
    def size(self) -> tuple[int, int]:
        """Return (height, width) of the first frame, in pixels."""
        return self.opened.size

    @property
    def ended(self) -> bool:
        """Return whether no more frames will come."""
        return self.has_ended() and not self.frames

    @property
    def transport(self) -> Transport | None:
        """Return how the stream of a camera arrives."""
        return self.opened.transport

    @property
    def decoder(self) -> Decoder | None:
        """Return what decodes the source."""
        return self.opened.decoder

    @property
    def damage(self) -> Damage | None:
        """Return how many frames of a camera lost packets have damaged within a minute."""
        return self.opened.damage

    @property
    def fps_wanted(self) -> float | None:
        """Return the frames per second of a camera, limited by the sample rate."""
        return self.opened.fps_wanted

    def read(self, timeout_s: float) -> Frame | None:
        """Return the next frame; None at the end of a file, or if there is none within ``timeout_s``."""
        return self._shared.read(self, timeout_s)

    def progress(self) -> float | None:
        """Return the share 0..1 of a file that has been read."""
        return self.opened.progress()

    def set_sample_fps(self, fps: float) -> None:
        """Limit a camera to this many frames per second; the source runs at the highest rate of its cameras."""
        self._shared.set_sample_fps(self, fps)

    def set_check_interval(self, seconds: float) -> None:
        """Return a picture of a camera at most this often; the source returns as many as one of its cameras needs."""
        self._shared.set_check_interval(self, seconds)

    def close(self) -> None:
        """Close the view; may be called from any thread."""
        self._is_closed = True
        self.frames.clear()
        self._shared.close(self)
