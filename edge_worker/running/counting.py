"""The counting thread: takes a frame, puts its crossings on disk, then takes the next."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from edge_worker.clock import TrustedClock, format_utc
from edge_worker.crossing import Crossing
from edge_worker.heartbeat.minutes import MinuteTally
from edge_worker.heartbeat.vitals import Pulse, Vitals
from edge_worker.outbox import Event, Journal
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.remote_config.effective_config import LocalConfig, effective_config
from edge_worker.running.feed import Feed
from edge_worker.running.stamping import FileTime, live_moment
from edge_worker.running.tally import Tally
from edge_worker.video.frame import Box, Image

log = logging.getLogger(__name__)

FLUSH_FRAMES = 30
FLUSH_S = 1.0


class Counting:
    """Runs a feed to its end (or until `stop`), frame by frame.

    A crossing is committed to the outbox before the next frame is asked for. Every `FLUSH_FRAMES` frames or `FLUSH_S`
    seconds with new crossings the courier is woken.

    Args:
        paced: wait for the moment of each frame, as if the file were a camera.
        loop: start again at the end of the file.
        starts_at: the moment of the file's first frame; None for now.
        show: gets the newest picture with the boxes of the people in it, for snapshots.
    """

    def __init__(
        self,
        feed: Feed,
        journal: Journal,
        clock: TrustedClock,
        *,
        configs: ConfigStore,
        vitals: Vitals,
        tally: Tally,
        local: LocalConfig,
        camera_id: str,
        wake: Callable[[], None],
        paced: bool = False,
        loop: bool = False,
        starts_at: datetime | None = None,
        show: Callable[[Image, Sequence[Box] | None], None] | None = None,
    ) -> None:
        self._feed = feed
        self._journal = journal
        self._clock = clock
        self._configs = configs
        self._vitals = vitals
        self._tally = tally
        self._local = local
        self._camera_id = camera_id
        self._wake = wake
        self._paced = paced
        self._loop = loop
        self._starts_at = starts_at
        self._show = show
        self._turned_at = monotonic()
        self._stop = threading.Event()
        self._minutes = MinuteTally(camera_id)
        self._time: FileTime | None = None
        self._round_began: float | None = None
        self._last_media_s = 0.0
        self._config_version = configs.version
        self._config = effective_config(configs.config, local)
        self._unflushed = 0
        self._flushed_at = monotonic()
        self._flushed_frames = 0
        self.problem: BaseException | None = None

    def stop(self) -> None:
        """Ends after the frame at hand."""
        self._stop.set()

    def turned_within(self, seconds: float) -> bool:
        """Whether the loop came round lately, be it with a frame or with the news that there is none."""
        return monotonic() - self._turned_at <= seconds

    def run(self) -> None:
        """To the end; what ended it, if not the end of the file or `stop`, is in `problem`."""
        try:
            while True:
                for seen in self._feed.frames():
                    self._turned_at = monotonic()
                    if seen is not None:
                        self._frame(seen)
                    if self._stop.is_set():
                        break
                if self._stop.is_set() or self._feed.is_live or not self._loop or self._tally.read().frames == 0:
                    break
                self._rewind()
        except BaseException as error:  # noqa: BLE001 - it ends this thread; the main thread raises it again
            self.problem = error
        finally:
            self._journal.record_minutes(self._minutes.close())
            self._wake()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _frame(self, seen: FrameResult) -> None:
        if self._paced:
            self._pace(seen.media_s)
        moment = self._moment(seen)
        for crossing in seen.crossings:
            self._cross(crossing, seen, moment)
        self._journal.record_minutes(self._minutes.frame(moment, dropped=seen.dropped, reconnects=seen.reconnects))
        self._last_media_s = seen.media_s
        self._tally.frame(seen.media_s, seen.dropped, seen.reconnects, skipped=seen.skipped)
        counts = self._tally.read()
        self._vitals.beat(
            Pulse(
                frames=counts.frames,
                last_frame_at=moment,
                model=self._feed.model,
                near_line=self._feed.near_line,
                crossings=counts.crossings,
            )
        )
        # A frame that was kept from the detector is in no snapshot: nobody has looked whom to blur.
        if self._show is not None and seen.image.size and not seen.skipped:
            self._show(seen.image, seen.people)
        self._flush(counts.frames)
        self._apply_config()

    def _moment(self, seen: FrameResult) -> datetime:
        if seen.captured_at is not None:
            return self._clock.corrected(seen.captured_at)
        if self._time is None:
            self._time = FileTime(self._starts_at or self._clock.utc() - timedelta(seconds=seen.media_s))
        return self._time.moment(seen.media_s)

    def _cross(self, crossing: Crossing, seen: FrameResult, moment: datetime) -> None:
        at = live_moment(moment, seen.media_s, crossing.t)
        config = self._configs.config
        event = Event(
            event_id=str(uuid4()),
            ts=format_utc(at),
            camera_id=self._camera_id,
            store_id=config.store_id if config else None,
            direction=crossing.direction,
            tracker_id=crossing.tracker_id,
        )
        self._journal.record([event])
        self._tally.crossing(crossing.direction, at)
        self._unflushed += 1
        log.info("crossing", extra={"direction": crossing.direction.value, "ts": event.ts, "event_id": event.event_id})

    def _flush(self, frames: int) -> None:
        now = monotonic()
        if self._unflushed and (frames - self._flushed_frames >= FLUSH_FRAMES or now - self._flushed_at >= FLUSH_S):
            self._wake()
            self._unflushed = 0
        if not self._unflushed:
            self._flushed_frames, self._flushed_at = frames, now

    def _apply_config(self) -> None:
        """What was changed in the admin counts from the next frame on, and nothing else is touched.

        A line that is set anew forgets who is about to cross it, so it is not when only the camera's name is new.
        """
        version = self._configs.version
        if version == self._config_version:
            return
        self._config_version = version
        previous, config = self._config, effective_config(self._configs.config, self._local)
        self._config = config
        if (config.line, config.anchor) != (previous.line, previous.anchor):
            self._feed.set_line(config.line, config.anchor)
        if config.sample_fps is not None and config.sample_fps != previous.sample_fps:
            self._feed.set_sample_fps(config.sample_fps)

    def _rewind(self) -> None:
        if self._time is not None:
            self._time = self._time.next_round(self._last_media_s, self._clock.utc())
        self._round_began = None
        self._feed.rewind()
        self._tally.looped()

    def _pace(self, media_s: float) -> None:
        """Waits until the frame is due, by a clock that never jumps; a file that is behind is not waited for."""
        if self._round_began is None:
            self._round_began = monotonic() - media_s
        self._stop.wait(max(self._round_began + media_s - monotonic(), 0.0))
