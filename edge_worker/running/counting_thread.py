"""The counting thread: take a frame, store its crossings, take the next frame."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import asdict
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from edge_worker.camera_status import CameraStatus
from edge_worker.clock import TrustedClock, format_utc
from edge_worker.counters import RunCounters
from edge_worker.counting.short_stays import ShortStays
from edge_worker.crossing import Crossing
from edge_worker.outbox.protocol import Outbox
from edge_worker.outbox.records import Event
from edge_worker.picture_health.monitor import CountedLine, PictureMonitor
from edge_worker.picture_health.view_file import ViewFile
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.remote_config.effective_config import EffectiveConfig, effective_config
from edge_worker.running.coverage import MinuteCounter, ObservedMinutes, ProcessedFrame
from edge_worker.running.event_time import FileTimeline, crossing_time
from edge_worker.running.feed import Feed
from edge_worker.running.options import RunOptions
from edge_worker.snapshot.buffer import SnapshotBuffer

log = logging.getLogger(__name__)

WAKE_AFTER_FRAMES = 30
WAKE_AFTER_S = 1.0


class CountingThread(threading.Thread):
    """Processes the frames of a feed to its end, or until `stop`.

    A crossing is stored in the outbox before the next frame is taken. The uplink is woken at most every
    `WAKE_AFTER_FRAMES` frames or `WAKE_AFTER_S` seconds, if there are new crossings.

    Args:
        feed: The frames.
        outbox: Stores crossings and coverage minutes.
        clock: The corrected clock.
        options: The options of the run.
        configs: The config of the camera, which may change while frames are processed.
        counters: Counts frames and crossings.
        camera: Gets the measurements of the picture and of the people near the line.
        snapshots: Gets every frame that was checked for people, while the picture lives.
        wake_uplink: Tells the uplink that there is something to send.

    Attributes:
        error: What ended the thread, if not the end of the file or `stop`.
    """

    def __init__(
        self,
        feed: Feed,
        outbox: Outbox,
        clock: TrustedClock,
        *,
        options: RunOptions,
        configs: ConfigStore,
        counters: RunCounters,
        camera: CameraStatus,
        snapshots: SnapshotBuffer,
        wake_uplink: Callable[[], None],
    ) -> None:
        super().__init__(name="counting", daemon=True)
        self.error: BaseException | None = None
        self._context = copy_context()  # the log names the camera
        self._feed = feed
        self._outbox = outbox
        self._clock = clock
        self._options = options
        self._configs = configs
        self._counters = counters
        self._snapshots = snapshots
        self._wake_uplink = wake_uplink
        self._local = options.local_config
        self._config_version = configs.version
        self._config = effective_config(configs.config, self._local)
        self._minutes = ObservedMinutes(MinuteCounter(options.camera_id))
        self._picture = PictureMonitor(camera, _counted_line(self._config), ViewFile.beside(options.outbox))
        self._short_stays = ShortStays(self._config.policy.min_stay_s)
        self._newest: tuple[datetime, float] | None = None
        self._stop_requested = threading.Event()
        self._active_at = self._processed_at = monotonic()
        self._timeline: FileTimeline | None = None
        self._loop_started: float | None = None
        self._unsent = 0
        self._woken_at = monotonic()
        self._woken_at_frame = 0

    def stop(self) -> None:
        """End after the current frame."""
        self._stop_requested.set()

    def is_stuck(self, limit_s: float) -> bool:
        """Return whether the feed has yielded nothing for ``limit_s``, neither a frame nor None."""
        return monotonic() - self._active_at > limit_s

    def run(self) -> None:
        """Process all frames; an error ends the thread and is kept in `error`."""
        self._context.run(self._run)

    def _run(self) -> None:
        try:
            while True:
                for frame in self._feed.frames():
                    self._active_at = monotonic()
                    self._counters.model, self._counters.near_line = self._feed.model, self._feed.near_line
                    if frame is not None:
                        self._process(frame)
                    elif monotonic() - self._processed_at >= self._config.policy.min_stay_s:
                        # The camera is away: nobody will be seen going out.
                        self._store_held_entries()
                    if self._stop_requested.is_set():
                        break
                if self._stop_requested.is_set() or self._feed.is_live or not self._options.loop:
                    break
                if self._counters.frames == 0:
                    break
                self._rewind()
        except BaseException as error:  # noqa: BLE001 - it ends this thread; the main thread raises it again
            self.error = error
        finally:
            self._store_held_entries()
            self._outbox.add_minutes(self._minutes.close())
            self._wake_uplink()

    # -- internal ----------------------------------------------------------------------------------------------------

    def _process(self, frame: FrameResult) -> None:
        if self._options.pace == "real-time":
            self._wait_for_real_time(frame.media_s)
        taken_at = self._frame_time(frame)
        self._newest, self._processed_at = (taken_at, frame.media_s), monotonic()
        for crossing in self._short_stays.update(frame.crossings, frame.media_s):
            self._store(crossing, crossing_time(taken_at, frame.media_s, crossing.t))
        self._picture.add(frame, taken_at.timestamp())
        if self._picture.line_sample is not None:
            self._feed.add_line_sample(self._picture.line_sample)
        self._outbox.add_minutes(
            self._minutes.add_frame(
                ProcessedFrame(
                    taken_at,
                    frame.dropped,
                    frame.reconnects,
                    self._config.line_version,
                    frame.unchecked + frame.damaged,
                ),
                may_be_frozen=self._picture.may_be_frozen,
                is_frozen=self._picture.is_frozen,
            )
        )
        # After the outbox: the heartbeat reports everything up to the newest counted frame as stored.
        self._counters.add_frame(frame, taken_at)
        # Neither a skipped frame, in which the detector has not looked for people, nor a frozen picture, in which
        # somebody may stand, is learnt as the empty scene.
        is_live = not (self._picture.is_frozen or self._picture.may_be_frozen)
        if frame.image.size and is_live and not frame.skipped:
            self._snapshots.update(frame.image, frame.people)
        self._wake_uplink_if_due()
        self._apply_config()

    def _store_held_entries(self) -> None:
        """Store the entries that wait for the shortest stay; times are those of the newest frame."""
        if self._newest is not None:
            taken_at, media_s = self._newest
            for crossing in self._short_stays.finish():
                self._store(crossing, crossing_time(taken_at, media_s, crossing.t))
            self._wake_uplink_if_due()

    def _frame_time(self, frame: FrameResult) -> datetime:
        if frame.captured_at is not None:
            return self._clock.corrected(frame.captured_at)
        if self._timeline is None:
            started_at = self._options.starts_at or self._clock.utc() - timedelta(seconds=frame.media_s)
            self._timeline = FileTimeline(started_at)
        return self._timeline.time_at(frame.media_s)

    def _store(self, crossing: Crossing, at: datetime) -> None:
        config = self._configs.config
        event = Event(
            event_id=str(uuid4()),
            ts=format_utc(at),
            camera_id=self._options.camera_id,
            store_id=config.store_id if config else None,
            direction=crossing.direction,
            tracker_id=crossing.tracker_id,
        )
        self._outbox.add([event])
        self._counters.add_crossing(crossing.direction, at)
        self._unsent += 1
        log.info("crossing", extra={"direction": crossing.direction.value, "ts": event.ts, "event_id": event.event_id})

    def _wake_uplink_if_due(self) -> None:
        now, frames = monotonic(), self._counters.frames
        frames_since, seconds_since = frames - self._woken_at_frame, now - self._woken_at
        if self._unsent and (frames_since >= WAKE_AFTER_FRAMES or seconds_since >= WAKE_AFTER_S):
            self._wake_uplink()
            self._unsent = 0
        if not self._unsent:
            self._woken_at_frame, self._woken_at = frames, now

    def _apply_config(self) -> None:
        """Apply a changed config from the next frame on.

        Setting a line forgets the people who are about to cross it, so an unchanged line is not set again.
        """
        version = self._configs.version
        if version == self._config_version:
            return
        self._config_version = version
        previous, config = self._config, effective_config(self._configs.config, self._local)
        self._config = config
        if (config.line, config.anchor) != (previous.line, previous.anchor):
            self._feed.set_line(config.line, config.anchor)
            log.info("the line has changed", extra={"line": config.line.points, "line_version": config.line_version})
        if _counted_line(config) != _counted_line(previous):
            self._picture.set_line(_counted_line(config))
        if config.sample_fps is not None and config.sample_fps != previous.sample_fps:
            self._feed.set_sample_fps(config.sample_fps)
        if config.policy != previous.policy:
            self._short_stays.set_min_stay_s(config.policy.min_stay_s)
            self._feed.set_ignore_children(config.policy.ignore_children)
            log.info("the counting policy has changed", extra=asdict(config.policy))

    def _rewind(self) -> None:
        self._store_held_entries()
        if self._timeline is not None:
            self._timeline = self._timeline.next_loop(self._counters.media_s, self._clock.utc())
        self._loop_started = None
        self._feed.rewind()
        self._counters.loops += 1

    def _wait_for_real_time(self, media_s: float) -> None:
        """Wait until the frame of a file is due, by the monotonic clock; do not wait when processing is too slow."""
        if self._loop_started is None:
            self._loop_started = monotonic() - media_s
        self._stop_requested.wait(max(self._loop_started + media_s - monotonic(), 0.0))


def _counted_line(config: EffectiveConfig) -> CountedLine:
    return CountedLine(config.line, config.anchor, config.line_version, config.view_accepted_at)
