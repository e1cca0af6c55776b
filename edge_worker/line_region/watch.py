"""Finds out, while a camera counts, whether people at the line are too small for the model."""

from __future__ import annotations

import logging
import queue
import threading
from contextvars import copy_context
from math import inf

from edge_worker.counting.line import Line
from edge_worker.detection.detector import DetectorClosedError
from edge_worker.errors import EdgeError
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_memory import RegionMemory
from edge_worker.line_region.region_search import RegionSearch, SearchResult
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.process_exit import NativeThread
from edge_worker.video.frame import Image

log = logging.getLogger(__name__)

THREAD_NAME = "region"
POLL_S = 0.5
TRIAL_S = 2.0
"""Seconds between two pictures that are looked at until there is a result."""
CONTROL_S = 3600.0
"""Seconds after a result until pictures are looked at again: the camera may have been moved, or zoomed."""


class RegionWatch:
    """Compares whole pictures with the region around the line, and has the detector look at the region if that helps.

    A thread of its own looks at the pictures, one every `TRIAL_S`, until enough people were found.

    Args:
        detector: The detector of the camera; its region is set.
        line: The counting line.
        size: (height, width) of the frames.
        memory: Where the result is kept over a restart; None for nowhere.

    Raises:
        EdgeError: The detector for a stored region cannot be opened.
    """

    def __init__(
        self, detector: ViewDetector, line: Line, size: tuple[int, int], memory: RegionMemory | None = None
    ) -> None:
        self._detector, self._size, self._memory = detector, size, memory
        self._line = line
        self._search: RegionSearch | None = None
        self._next_at = -inf
        # The line whose search has ended, and until when it rests. Only the thread of the search sets it.
        self._rest: tuple[Line, float] | None = None
        self._waiting: queue.Queue[tuple[Image, float, Line]] = queue.Queue(maxsize=1)
        self._stopped = threading.Event()
        self._thread: NativeThread | None = None
        stored = memory.read(line, size) if memory is not None and not detector.is_above else None
        if stored is not None:
            detector.set_region(detector.open_region(stored))
            log.info("people at the line are small, as was found out before: the model looks at %s", _words(stored))

    def add(self, image: Image, t: float) -> None:
        """Process a frame in which people were looked for; returns at once.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Its time in seconds; later than the previous one.
        """
        is_due = t >= self._next_at and not self._rests(self._line, t)
        if self._stopped.is_set() or self._detector.is_above or not is_due:
            return
        self._next_at = t + TRIAL_S
        if self._thread is None:
            context = copy_context()  # the log names the camera
            self._thread = NativeThread(lambda: context.run(self._run), stop=self.stop, name=THREAD_NAME)
            self._thread.start()
        try:
            self._waiting.put_nowait((image, t, self._line))
        except queue.Full:
            return

    def set_line(self, line: Line) -> None:
        """Use another line from the next picture on; whole pictures are looked at until a region is found for it."""
        if line != self._line:
            self._line = line
            self._next_at = -inf
            self._detector.set_region(None)

    def stop(self) -> None:
        """End the thread, as soon as it has looked at a picture."""
        self._stopped.set()

    # -- internal ------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        searched_line = self._line
        while not self._stopped.is_set():
            try:
                image, t, line = self._waiting.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if self._rests(line, t):  # it has waited while the search ended
                continue
            try:
                if line != searched_line:
                    self._close_search()
                searched_line = line
                search = self._search or RegionSearch(self._detector, line, self._size, self._detector.region)
                self._search = search
                result = search.add(image)
                if result is not None and line == self._line:
                    self._apply(result, line)
                if not search.is_possible or (result is not None and result.is_final):
                    self._rest = line, t + CONTROL_S
                    self._close_search()
            except DetectorClosedError:
                break
            except EdgeError as error:
                log.warning("the region around the line cannot be tried, so it stays as it is: %s", error)
                self._stopped.set()
        self._close_search()

    def _rests(self, line: Line, t: float) -> bool:
        """Return whether the search for a line has ended, and no picture is looked at yet to control its result."""
        rest = self._rest
        return rest is not None and rest[0] is line and t < rest[1]  # a line that is set again is searched again

    def _close_search(self) -> None:
        if self._search is not None:
            self._search.close()
            self._search = None

    def _apply(self, result: SearchResult, line: Line) -> None:
        current, region = self._detector.region, result.region
        if self._detector.is_above:  # found out during the search
            return
        if region != current:
            self._detector.set_region(None if region is None else self._detector.open_region(region))
            log.warning("%s", _sentence(result, current))
        is_new = region is not None or current is not None
        if self._memory is not None and result.is_final and is_new:
            self._memory.write(line, self._size, region)


def _sentence(result: SearchResult, current: Region | None) -> str:
    """Return what is said when the model looks elsewhere than in the current region."""
    if result.region is None:
        return "people at the line are no longer small: the model looks at whole pictures"
    if current is not None:
        return f"more of the people are found in {_words(result.region)}: the model looks there from now on"
    return (
        f"people at the line are small: whole pictures showed {result.census.pictures} and the part around the line "
        f"{result.census.regions} of them; from now on the model looks at {_words(result.region)} only"
    )


def _words(region: Region) -> str:
    height, width = region.size
    return f"{width} × {height} pixels around the line"
