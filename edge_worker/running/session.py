"""One run of one camera: open everything, count, deliver, stop in order."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from time import monotonic
from types import FrameType
from typing import Any

from edge_worker.camera_status import CameraStatus
from edge_worker.clock import TrustedClock, format_utc, system_utc
from edge_worker.counters import RunCounters, RunState
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.remote_config.effective_config import EffectiveConfig, effective_config
from edge_worker.running.counting_thread import CountingThread
from edge_worker.running.feed import Feed, FeedOpener, RetryingFeed
from edge_worker.running.options import RunOptions
from edge_worker.snapshot.buffer import SnapshotBuffer
from edge_worker.status.frame_rate import frame_rate_problems
from edge_worker.status.healthz import serve_healthz
from edge_worker.status.outputs import NOT_ALL_ON_DISK, StatusFile, StatusPipe, TerminalLine, status_line
from edge_worker.status.systemd import SystemdNotifier
from edge_worker.status.worker_status import WorkerStatus
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.handshake import handshake
from edge_worker.uplink.uplink import Uplink, WorkerIdentity
from edge_worker.video.address import is_live

log = logging.getLogger(__name__)

STATUS_INTERVAL_S = 0.5
DRAIN_AT_END_S = 30.0
DRAIN_AT_SIGNAL_S = 5.0
FRAME_RATE_LOG_S = 600.0
STUCK_S = 60.0
"""A counting thread without activity for this long hangs in the driver of the camera or the accelerator."""


class _StopBeforeCounting(BaseException):
    """A signal arrived while nothing was being counted yet: there is nothing to drain."""


class StopRequest:
    """Whether a run should end. A plain flag: a signal interrupts the main thread anywhere, also while it holds a lock.

    Attributes:
        is_made: Whether the run should end.
    """

    def __init__(self) -> None:
        self.is_made = False


class Session:
    """Opens everything in the order in which it can fail, runs to the end of the source or a signal, and drains.

    Args:
        options: The options of the run.
        open_feed: Opens the source of frames.
        version: The version of the worker.
        stop: Ends the run when it is made. None to end it when the process gets SIGINT or SIGTERM, which only the main
            thread can do.
    """

    def __init__(
        self, options: RunOptions, open_feed: FeedOpener, version: str, *, stop: StopRequest | None = None
    ) -> None:
        self._options = options
        self._open_feed = open_feed
        self._version = version
        self._started_at = format_utc(system_utc())
        self._handles_signals = stop is None
        self._stop = stop or StopRequest()
        self._is_counting = False
        self._frame_rate_logged_at: float | None = None
        self._clock = TrustedClock()
        self._counters = RunCounters()
        self._camera = CameraStatus()
        self._snapshots = SnapshotBuffer()
        self._status_file = StatusFile(options.status_file) if options.status_file else None
        self._status_pipe = StatusPipe()
        self._terminal = TerminalLine()
        self._systemd = SystemdNotifier()

    def run(self) -> int:
        """Run and return the exit code: 0, or `NOT_ALL_ON_DISK`.

        A second signal ends the process at once.

        Raises:
            EdgeError: Something was refused at the start, or the counting ended with an error.
        """
        try:
            with self._signal_handlers() if self._handles_signals else nullcontext():
                return self._open_and_run()
        except _StopBeforeCounting:
            log.info("stopped before the first frame")
            return 0

    # -- internal ----------------------------------------------------------------------------------------------------

    def _open_and_run(self) -> int:
        options = self._options
        outbox = FailoverOutbox(options.outbox, options.limit_bytes)
        try:
            with BackendClient(
                options.api_url, options.key, self._clock, version=self._version, instance_id=outbox.instance_id()
            ) as client:
                return self._run(outbox, client)
        finally:
            self._close(outbox)

    def _run(self, outbox: FailoverOutbox, client: BackendClient) -> int:
        options = self._options
        configs = ConfigStore(outbox, options.camera_id, client.api_url)
        uplink = Uplink(
            WorkerIdentity(options.camera_id, self._version, options.heartbeat_s),
            outbox,
            client,
            self._clock,
            configs=configs,
            counters=self._counters,
            camera=self._camera,
            snapshots=self._snapshots,
        )
        was_accepted = handshake(uplink, configs, options.camera_id)
        local = options.local_config

        def current_config() -> EffectiveConfig:
            return effective_config(configs.config, local)

        def open_feed() -> Feed:
            return self._open_feed(options, current_config(), self._camera)

        feed = RetryingFeed(open_feed, retry=was_accepted and is_live(options.source))
        counting = CountingThread(
            feed,
            outbox,
            self._clock,
            options=options,
            configs=configs,
            counters=self._counters,
            camera=self._camera,
            snapshots=self._snapshots,
            wake_uplink=uplink.wake,
        )

        def read_status() -> dict[str, Any]:
            return WorkerStatus(
                options=options,
                started_at=self._started_at,
                counters=self._counters,
                camera=self._camera,
                storage=outbox.storage(),
                backlog=outbox.backlog(),
                delivery=uplink.delivery.status,
                config=current_config(),
                clock=self._clock,
                source_problem=feed.problem,
                is_stuck=feed.is_open and counting.is_stuck(STUCK_S),
            ).to_json()

        if self._status_file:
            self._status_file.create(read_status())
        with serve_healthz(options.health_port, read_status) if options.health_port else nullcontext():
            self._count_and_drain(counting, uplink, feed, read_status)
        if counting.error is not None:
            raise counting.error
        counters = self._counters
        log.info("counted %d IN and %d OUT in %d frames", counters.ins, counters.outs, counters.frames)
        return NOT_ALL_ON_DISK if outbox.storage().ever_unstored else 0

    def _count_and_drain(
        self, counting: CountingThread, uplink: Uplink, feed: RetryingFeed, read_status: Callable[[], dict[str, Any]]
    ) -> None:
        """Count and deliver in two threads and report the status in this one; then deliver what is left."""
        uplink_stop = threading.Event()
        uplink_thread = threading.Thread(
            target=copy_context().run, args=(uplink.run, uplink_stop), name="uplink", daemon=True
        )
        self._is_counting = True
        counting.start()
        uplink_thread.start()
        self._systemd.ready()
        while counting.is_alive() and not self._stop.is_made:
            counting.join(STATUS_INTERVAL_S)
            status = read_status()
            self._report(status)
            self._log_frame_rate(status)
            if not status["stuck"]:
                self._systemd.alive()
            if self._status_pipe.orphaned:
                log.warning("the supervisor has ended; this worker ends too")
                self._stop.is_made = True
        self._systemd.stopping()
        self._counters.state = RunState.DRAINING
        counting.stop()
        feed.close()
        counting.join(DRAIN_AT_SIGNAL_S)
        ends_normally = not self._stop.is_made and counting.error is None
        limit_s = DRAIN_AT_END_S if ends_normally else DRAIN_AT_SIGNAL_S
        uplink_stop.set()
        uplink.wake()
        uplink_thread.join(limit_s)
        if not uplink_thread.is_alive():
            uplink.drain(limit_s)
        self._counters.state = RunState.ENDED
        self._report(read_status())
        self._terminal.end()

    def _log_frame_rate(self, status: dict[str, Any]) -> None:
        """Log what is wrong with the frame rate, at most every `FRAME_RATE_LOG_S` seconds."""
        if self._frame_rate_logged_at is not None and monotonic() - self._frame_rate_logged_at < FRAME_RATE_LOG_S:
            return
        for problem in frame_rate_problems(status):
            log.warning(problem)
            self._frame_rate_logged_at = monotonic()

    def _report(self, status: dict[str, Any]) -> None:
        self._status_pipe.send(status)
        if self._status_file:
            self._status_file.write(status)
        if not self._options.quiet:
            self._terminal.show(status_line(status))

    def _close(self, outbox: FailoverOutbox) -> None:
        storage = outbox.close()
        if storage.ever_unstored:
            log.error(
                "%d crossings could not be stored on disk when they were counted; %d of them are lost: %s",
                storage.ever_unstored,
                storage.unstored + storage.lost,
                storage.problem or "the disk works again",
            )

    @contextmanager
    def _signal_handlers(self) -> Iterator[None]:
        def request_stop(number: int, _frame: FrameType | None) -> None:
            self._stop.is_made = True
            signal.signal(number, signal.SIG_DFL)
            if not self._is_counting:
                raise _StopBeforeCounting

        previous = {number: signal.signal(number, request_stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
