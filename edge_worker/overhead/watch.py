"""Finds out, while a camera counts, whether it looks from straight above."""

from __future__ import annotations

import logging
import queue
import threading
from contextvars import copy_context

from edge_worker.counting.line import Line
from edge_worker.detection.detector import DetectorClosedError
from edge_worker.errors import EdgeError
from edge_worker.overhead.decision import PassageResult, ViewDecision
from edge_worker.overhead.passage_pictures import LineSample, Passage, PassagePictures
from edge_worker.overhead.passage_trial import try_turns
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import PLAIN, turns_from_above
from edge_worker.overhead.view import View
from edge_worker.overhead.view_memory import ViewMemory
from edge_worker.process_exit import NativeThread

log = logging.getLogger(__name__)

THREAD_NAME = "overhead"
POLL_S = 0.5
PAUSE_S = 0.1
"""Seconds between two pictures of a trial, so that it takes a small share of the model."""
CONTROL_S = 60.0
"""While the pictures are turned, the picture as it is is tried at most this often."""


class OverheadWatch:
    """Tries turned pictures where something passes the line and nobody is seen, and has the detector turn the pictures.

    A thread of its own looks at the pictures of one passage after the other. A passage during a trial is left out.

    Args:
        detector: The detector of the camera; its turns are set.
        line: The counting line.
        size: (height, width) of the frames.
        memory: Where the result is kept over a restart; None for nowhere.
    """

    def __init__(
        self, detector: ViewDetector, line: Line, size: tuple[int, int], memory: ViewMemory | None = None
    ) -> None:
        self._detector = detector
        self._size = size
        self._line = line
        self._memory = memory
        self._pictures = PassagePictures()
        self._decision = ViewDecision(is_above=memory is not None and memory.read() is View.ABOVE)
        self._tried_at: float | None = None
        self._waiting: queue.Queue[tuple[Passage, Line]] = queue.Queue(maxsize=1)
        self._stopped = threading.Event()
        self._thread: NativeThread | None = None
        if self._decision.is_above:
            detector.set_turns(turns_from_above(line, size))
            log.info("the camera looks from straight above, as was found out before: its pictures are turned")

    def add(self, sample: LineSample) -> None:
        """Process a picture in which motion across the line was measured; returns at once."""
        passage = self._pictures.add(sample)
        if passage is None or self._stopped.is_set() or not self._is_due(passage):
            return
        if self._thread is None:
            context = copy_context()  # the log names the camera
            self._thread = NativeThread(lambda: context.run(self._run), stop=self.stop, name=THREAD_NAME)
            self._thread.start()
        try:
            self._waiting.put_nowait((passage, self._line))
        except queue.Full:
            return
        self._tried_at = passage.t

    def set_line(self, line: Line) -> None:
        """Use another line from the next picture on."""
        self._line = line
        self._pictures.clear()

    def stop(self) -> None:
        """End the thread, as soon as it has looked at a picture."""
        self._stopped.set()

    # -- internal ------------------------------------------------------------------------------------------------------

    def _is_due(self, passage: Passage) -> bool:
        """Return whether a passage is judged: all of them, or one in a while once the pictures are turned."""
        return not self._decision.is_above or self._tried_at is None or passage.t - self._tried_at >= CONTROL_S

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                passage, line = self._waiting.get(timeout=POLL_S)
            except queue.Empty:
                continue
            try:
                self._judge(passage, line)
            except DetectorClosedError:
                return
            except EdgeError as error:
                log.warning("turned pictures cannot be tried, so the view stays as it is: %s", error)
                self._stopped.set()

    def _judge(self, passage: Passage, line: Line) -> None:
        decision = self._decision
        if passage.was_seen and not decision.is_above:
            result = PassageResult(plain=True, turned=None)
        else:
            result = try_turns(passage.pictures, self._detector, line, self._pause)
        change = decision.add(passage.t, result)
        if change is None:
            return
        if change.is_above:
            self._detector.set_turns(turns_from_above(self._line, self._size))
            log.warning(
                "the camera looks from straight above: at %d of the last %d movements across the line people were "
                "found only in the turned picture; from now on the picture is turned, and the middle of people counts",
                change.found,
                change.passages,
            )
        else:
            self._detector.set_turns(PLAIN)
            log.warning(
                "the camera does not look from straight above any more: at %d of the last %d movements across the line "
                "people were found in the picture as it is; it is no longer turned",
                change.found,
                change.passages,
            )
        if self._memory is not None:
            self._memory.write(View.ABOVE if change.is_above else View.SIDE)

    def _pause(self) -> None:
        if self._stopped.wait(PAUSE_S):
            raise DetectorClosedError
