"""One run of one camera, put together and taken apart again."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from types import FrameType
from typing import Any

from edge_worker.clock import TrustedClock
from edge_worker.health.server import healthz
from edge_worker.health.systemd import Systemd
from edge_worker.heartbeat.vitals import Vitals
from edge_worker.outbox import Journal
from edge_worker.outbox.records import Condition
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.remote_config.effective_config import LocalConfig, effective_config
from edge_worker.running.contact import introduce
from edge_worker.running.counting import Counting
from edge_worker.running.feed import Feed, FeedOpener, RetryingFeed
from edge_worker.running.options import RunOptions
from edge_worker.running.status import NOT_ALL_ON_DISK, LiveLine, StatusFile, StatusPipe, live_line
from edge_worker.running.summary import Summary
from edge_worker.running.tally import State, Tally
from edge_worker.snapshot.studio import Studio
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.courier import Courier, Station
from edge_worker.video.address import is_live

log = logging.getLogger(__name__)

REPORT_S = 0.5
DRAIN_AT_END_S = 30.0
DRAIN_AT_SIGNAL_S = 5.0
STUCK_S = 60.0
"""A counting thread that has not come round for so long hangs in the driver of the camera or of the accelerator."""


class Session:
    """Opens everything in the order in which it can be refused, runs until the end of the file or a signal, drains.

    Args:
        open_feed: makes the video side.
        version: of the worker.
    """

    def __init__(self, options: RunOptions, open_feed: FeedOpener, version: str) -> None:
        self._options = options
        self._open_feed = open_feed
        self._version = version
        self._clock = TrustedClock()
        self._tally = Tally()
        self._vitals = Vitals()
        self._is_asked_to_stop = False
        self._status_file = StatusFile(options.status_file) if options.status_file else None
        self._line = LiveLine()
        self._pipe = StatusPipe()
        self._systemd = Systemd()
        self._studio = Studio()

    def run(self) -> int:
        """The exit code: 0, or `NOT_ALL_ON_DISK`.

        Raises:
            EdgeError: what was refused at start, or ended the counting.
        """
        options = self._options
        journal = Journal(options.outbox, options.limit_bytes)
        try:
            with BackendClient(options.api_url, options.key, self._clock, version=self._version) as client:
                return self._with_backend(journal, client)
        finally:
            self._close(journal)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _with_backend(self, journal: Journal, client: BackendClient) -> int:
        options = self._options
        configs = ConfigStore(journal, options.camera_id, client.api_url)
        station = Station(options.camera_id, self._version, options.heartbeat_s)
        courier = Courier(
            station, journal, client, self._clock, configs=configs, vitals=self._vitals, snapshots=self._studio
        )
        known_before = introduce(courier, configs, options.camera_id)
        local = LocalConfig(options.line, options.anchor)

        def open_feed() -> Feed:
            return self._open_feed(options, effective_config(configs.config, local))

        feed = RetryingFeed(open_feed, retry=known_before and is_live(options.source))
        counting = Counting(
            feed,
            journal,
            self._clock,
            configs=configs,
            vitals=self._vitals,
            tally=self._tally,
            local=local,
            camera_id=options.camera_id,
            wake=courier.wake,
            paced=options.pace == "real-time",
            loop=options.loop,
            starts_at=options.starts_at,
            show=self._studio.show,
        )
        summary = Summary(options, self._tally, journal, self._clock)

        def status() -> dict[str, Any]:
            stuck = feed.is_open and not counting.turned_within(STUCK_S)
            return summary.read(courier.delivery.progress, effective_config(configs.config, local), feed, stuck=stuck)

        if self._status_file:
            self._status_file.prove(status())
        with healthz(options.health_port, status) if options.health_port else nullcontext():
            self._follow(counting, courier, feed, status)
        if counting.problem is not None:
            raise counting.problem
        return self._verdict(journal.condition())

    def _follow(
        self, counting: Counting, courier: Courier, feed: RetryingFeed, status: Callable[[], dict[str, Any]]
    ) -> None:
        """Counts in one thread, delivers in another, reports in this one; then drains."""
        courier_stop = threading.Event()
        counter = threading.Thread(target=counting.run, name="counting", daemon=True)
        runner = threading.Thread(target=courier.run, args=(courier_stop,), name="courier", daemon=True)
        with self._signals():
            counter.start()
            runner.start()
            self._systemd.ready()
            while counter.is_alive() and not self._is_asked_to_stop:
                counter.join(REPORT_S)
                now = status()
                self._report(now)
                self._prove_life(now)
            self._systemd.stopping()
            self._tally.enter(State.DRAINING)
            counting.stop()
            feed.close()
            counter.join(DRAIN_AT_SIGNAL_S)
            in_a_hurry = self._is_asked_to_stop or counting.problem is not None
            limit_s = DRAIN_AT_SIGNAL_S if in_a_hurry else DRAIN_AT_END_S
            courier_stop.set()
            courier.wake()
            runner.join(limit_s)
            if not runner.is_alive():
                courier.drain(limit_s)
            self._tally.enter(State.ENDED)
            self._report(status())
            self._line.end()

    def _prove_life(self, status: Mapping[str, Any]) -> None:
        """The watchdog hears of a counting that turns, with or without frames; a stuck one is started anew by it."""
        if not status["stuck"]:
            self._systemd.alive()
        if self._pipe.orphaned:
            log.warning("the supervisor is gone; this worker ends too")
            self._is_asked_to_stop = True

    def _report(self, status: Mapping[str, Any]) -> None:
        self._pipe.say(status)
        if self._status_file:
            self._status_file.write(status)
        if not self._options.quiet:
            self._line.show(live_line(status))

    def _verdict(self, condition: Condition) -> int:
        counts = self._tally.read()
        log.info("counted %d IN and %d OUT in %d frames", counts.ins, counts.outs, counts.frames)
        return 0 if not condition.ever_unstored else NOT_ALL_ON_DISK

    def _close(self, journal: Journal) -> None:
        ended = journal.close()
        if ended.ever_unstored:
            log.error(
                "%d crossings could not be put on disk when they were counted; %d of them are lost: %s",
                ended.ever_unstored,
                ended.unstored + ended.lost,
                ended.problem or "the disk works again",
            )

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM end the run in order; a second one ends it at once."""

        def ask(number: int, _frame: FrameType | None) -> None:
            # A plain flag: this interrupts the main thread anywhere, also while it holds the lock of an Event.
            self._is_asked_to_stop = True
            signal.signal(number, signal.SIG_DFL)

        before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
