"""A feed that is opened by whoever counts, and, on a box that nobody stands beside, opened until it is there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

from edge_worker.errors import SourceLostError
from edge_worker.remote_config.camera_config import AnchorName, LinePoints
from edge_worker.running.feed import Feed, Seen

log = logging.getLogger(__name__)

PAUSE_S = 5.0


class PatientFeed:
    """Opens its feed with the first frame that is asked for.

    A camera that is away when the box starts (after a power cut the box is often the faster) must not end the worker:
    the backlog still has to be delivered, and the camera will come. On first installation it must, because somebody
    waits for an answer.

    Args:
        open_feed: makes the feed; takes the line that is in force at that moment.
        patient: open again and again while the source is lost, instead of raising.
    """

    def __init__(self, open_feed: Callable[[], Feed], *, patient: bool) -> None:
        self._open_feed = open_feed
        self._patient = patient
        self._feed: Feed | None = None
        self._closed = threading.Event()
        self.problem: str | None = None

    @property
    def is_open(self) -> bool:
        return self._feed is not None

    @property
    def is_live(self) -> bool:
        return self._feed is not None and self._feed.is_live

    @property
    def model(self) -> str:
        return self._feed.model if self._feed else ""

    @property
    def near_line(self) -> int:
        return self._feed.near_line if self._feed else 0

    def frames(self) -> Iterator[Seen | None]:
        """As of the feed; None now and then while it is not there yet.

        Raises:
            EdgeError: it cannot be opened.
        """
        while self._feed is None and not self._closed.is_set():
            try:
                self._feed = self._open_feed()
                self.problem = None
            except SourceLostError as error:
                if not self._patient:
                    raise
                self.problem = str(error)
                log.warning("%s; trying again", error)
                yield None
                self._closed.wait(PAUSE_S)
        if self._closed.is_set():
            self.close()
        if self._feed is not None:
            yield from self._feed.frames()

    def set_line(self, line: LinePoints, anchor: AnchorName) -> None:
        if self._feed is not None:
            self._feed.set_line(line, anchor)

    def set_sample_fps(self, fps: float) -> None:
        if self._feed is not None:
            self._feed.set_sample_fps(fps)

    def rewind(self) -> None:
        if self._feed is not None:
            self._feed.rewind()

    def close(self) -> None:
        self._closed.set()
        if self._feed is not None:
            self._feed.close()
