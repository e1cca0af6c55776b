"""Exchange everything with the backend, in a thread of its own: events, heartbeats, the config and snapshots."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

from edge_worker.backoff import LONGEST_DELAY_S
from edge_worker.camera_status import CameraStatus
from edge_worker.clock import TrustedClock
from edge_worker.counters import RunCounters
from edge_worker.limits import HEARTBEAT_INTERVAL_S, MAX_MINUTES_PER_HEARTBEAT
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.snapshot.buffer import Snapshot, SnapshotBuffer
from edge_worker.uplink.client import BackendClient, server_time_of
from edge_worker.uplink.delivery import Delivery, LinkState
from edge_worker.uplink.heartbeat import heartbeat_body, ignored_members, refused_minutes
from edge_worker.uplink.outcome import KEY_REFUSED, OTHER_INSTANCE, OTHER_INSTANCE_COUNTS, retry_after_s

log = logging.getLogger(__name__)

MOVE_TO_DISK_INTERVAL_S = 5.0
CONFIG_RETRY_S = 15.0
SNAPSHOT_RETRY_S = 15.0
MAX_SLEEP_S = 5.0
MAX_DRAIN_PAUSE_S = 1.5
FAILURE_PAUSE_S = 5.0


@dataclass(frozen=True, slots=True)
class WorkerIdentity:
    """What identifies the worker to the backend.

    Attributes:
        camera_id: UUID of the camera.
        version: The version of the worker.
        heartbeat_s: Seconds between heartbeats, > 0.
        run_id: UUID of this start of the worker.
    """

    camera_id: str
    version: str
    heartbeat_s: float = HEARTBEAT_INTERVAL_S
    run_id: str = field(default_factory=lambda: str(uuid4()))


class Uplink:
    """Delivers events, heartbeats and snapshots, and fetches the config of the camera.

    A network failure raises nothing: what cannot be sent stays in the outbox, and `DeliveryStatus` tells why.

    Args:
        identity: The camera and the version of the worker.
        outbox: Where events and minutes wait.
        client: The client of the backend.
        clock: The corrected clock.
        configs: Gets the config of the camera.
        counters: The counters of the run, for the heartbeat.
        camera: The measurements of the camera, for the heartbeat; None for none.
        snapshots: Makes the snapshots; None for none.
        elapsed: A monotonic clock, in seconds.

    Attributes:
        delivery: The delivery of events.
    """

    def __init__(
        self,
        identity: WorkerIdentity,
        outbox: FailoverOutbox,
        client: BackendClient,
        clock: TrustedClock,
        *,
        configs: ConfigStore,
        counters: RunCounters,
        camera: CameraStatus | None = None,
        snapshots: SnapshotBuffer | None = None,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._identity = identity
        self._outbox = outbox
        self._client = client
        self._clock = clock
        self._configs = configs
        self._counters = counters
        self._camera = camera or CameraStatus()
        self._snapshots = snapshots
        self._elapsed = elapsed
        self.delivery = Delivery(outbox, client, clock)
        self._deliver_at = self._heartbeat_at = self._config_at = self._move_to_disk_at = self._snapshot_at = elapsed()
        self._reported_frames = 0
        self._ignored_members: list[str] = []
        self._heartbeat_pause_s = identity.heartbeat_s
        self._config_requested = True
        self._snapshot_requested = False
        self._woken = threading.Event()

    def wake(self) -> None:
        """End the current pause of `run`, because there is something to send."""
        self._woken.set()

    def run(self, stop: threading.Event) -> None:
        """Call `step` until ``stop`` is set; log an unexpected error and continue with the next step."""
        while not stop.is_set():
            try:
                pause = self.step()
            except Exception as error:
                log.exception("the uplink failed unexpectedly")
                self.delivery.status.problem = f"the uplink failed unexpectedly ({type(error).__name__}: {error})"
                pause = FAILURE_PAUSE_S
            if pause > 0:
                self._woken.wait(pause)
            self._woken.clear()

    def step(self) -> float:
        """Do whatever is due and return the seconds until the next step."""
        now = self._elapsed()
        if now >= self._move_to_disk_at:
            self._outbox.move_to_disk()
            self._move_to_disk_at = now + MOVE_TO_DISK_INTERVAL_S
        if self._config_requested and now >= self._config_at:
            self.fetch_config()
        has_more = self._deliver(now)
        if now >= self._heartbeat_at and self._has_news():
            self.send_heartbeat()
            self._heartbeat_at = self._elapsed() + self._heartbeat_pause_s
        self._send_snapshot(now)
        if has_more:
            return 0.0
        due_times = [self._heartbeat_at, self._move_to_disk_at, now + MAX_SLEEP_S]
        if self._deliver_at > now:
            due_times.append(self._deliver_at)
        return max(min(due_times) - self._elapsed(), 0.05)

    def drain(self, limit_s: float) -> None:
        """Send as much as possible within ``limit_s``, then a last heartbeat; give up when a pause is too long."""
        deadline = self._elapsed() + limit_s
        if self._configs.config is None:
            self.fetch_config()
        while self._elapsed() < deadline:
            pause = self.delivery.step()
            if pause is None or pause > MAX_DRAIN_PAUSE_S:
                break
            self._woken.clear()
            self._woken.wait(pause)
        if self._counters.frames > 0 and self._elapsed() < deadline:
            self.send_heartbeat()

    def send_heartbeat(self) -> bool:
        """Send a heartbeat with the waiting minutes and return whether the backend accepted it."""
        frames, counted_until = self._counters.frames, self._counters.last_frame_at
        minutes = self._outbox.due_minutes(self._identity.camera_id, MAX_MINUTES_PER_HEARTBEAT)
        track_ends = self._camera.track_ends.waiting()
        # Before the backlog: a crossing in between waits, so totals without a backlog have all been delivered.
        totals = self._outbox.totals(self._identity.camera_id)
        body = heartbeat_body(
            self._clock.utc(),
            self._identity.version,
            self._counters,
            counted_until=counted_until,
            backlog=self._outbox.backlog(),
            totals=totals,
            minutes=minutes,
            lost=self._outbox.storage().lost,
            set_aside=self.delivery.status.set_aside,
            instance_id=self._outbox.instance_id(),
            run_id=self._identity.run_id,
            camera=self._camera,
            track_ends=track_ends,
            clock_offset_s=self._clock.offset_s(),
        )
        sent_at = self._elapsed()
        answer = self._client.post_heartbeat(self._identity.camera_id, body)
        self._heartbeat_pause_s = self._identity.heartbeat_s
        if not answer.ok:
            self._record_problem(answer.status, answer.problem or "", answer.body.get("type"))
            retry_s = retry_after_s(answer.headers.get("retry-after"), self._clock.utc()) or 0.0
            self._heartbeat_pause_s = max(self._heartbeat_pause_s, min(retry_s, LONGEST_DELAY_S))
            return False
        self._reported_frames = frames
        self.delivery.confirm_link()
        refused = refused_minutes(answer.body, minutes)
        if refused:
            log.error("the backend refuses %d minutes of coverage (too_old)", len(refused))
        self._outbox.settle_minutes(minutes, refused)
        self._camera.track_ends.settle(track_ends)
        server_time = server_time_of(answer)
        if server_time is not None and server_time.tzinfo is not None:
            self._clock.observe(server_time, self._elapsed() - sent_at)
        self._handle_heartbeat_answer(answer.body)
        return True

    def fetch_config(self, *, log_problem: bool = True) -> int:
        """Fetch the config of the camera and return the HTTP status, 0 without an answer.

        Args:
            log_problem: Log a failure; False when the caller reports it.
        """
        answer = self._client.get_config(self._identity.camera_id, self._configs.etag if self._configs.config else None)
        self._config_at = self._elapsed() + CONFIG_RETRY_S
        if answer.status == 304:
            self._config_requested = False
        elif answer.ok and answer.status == 200:
            self._configs.update(answer.text, answer.headers.get("etag"))
            self._config_requested = False
        else:
            self._record_problem(answer.status, answer.problem or "", log_problem=log_problem)
        return answer.status

    # -- internal ----------------------------------------------------------------------------------------------------

    def _has_news(self) -> bool:
        """Return whether frames were counted since the last heartbeat, or arrive with a picture that is not ok."""
        return self._counters.frames > self._reported_frames or self._camera.has_picture_problem

    def _deliver(self, now: float) -> bool:
        """Deliver a batch if one is due; return whether there may be more to send at once."""
        if now < self._deliver_at:
            return False
        pause = self.delivery.step()
        if pause == 0.0:
            return True
        self._deliver_at = now if pause is None else self._elapsed() + pause
        return False

    def _handle_heartbeat_answer(self, answer: dict[str, Any]) -> None:
        """Do what the answer asks for. The network works again, so deliver now if the delivery waits for it."""
        ignored = ignored_members(answer)
        if ignored and ignored != self._ignored_members:
            log.warning("the backend cannot read %s of the heartbeat: update the worker", ", ".join(ignored))
        self._ignored_members = ignored
        etag = answer.get("config_etag")
        if isinstance(etag, str) and etag != self._configs.etag:
            self._config_requested, self._config_at = True, self._elapsed()
        self._snapshot_requested = answer.get("snapshot_requested") is True
        if self.delivery.waits_for_network:
            self._deliver_at = self._elapsed()

    def _send_snapshot(self, now: float) -> None:
        if self._snapshots is None or now < self._snapshot_at:
            return
        config = self._configs.config
        interval_s = config.snapshot_interval_s if config else 0
        if not self._snapshots.is_due(interval_s, self._snapshot_requested):
            return
        self._snapshot_at = now + SNAPSHOT_RETRY_S
        snapshot = self._snapshots.snapshot()
        if snapshot is None:
            return
        answer = self._client.put_snapshot(self._identity.camera_id, snapshot.jpeg)
        if answer.ok:
            self._snapshots.mark_sent(snapshot, self._snapshot_requested)
            _log_snapshot(snapshot)
            self._snapshot_requested = False
        else:
            log.warning("the snapshot could not be sent: %s", answer.problem)

    def _record_problem(self, status: int, problem: str, slug: object = None, *, log_problem: bool = True) -> None:
        delivery = self.delivery.status
        if status in {401, 403}:
            problem = KEY_REFUSED
            delivery.link = LinkState.REFUSED
        elif status == 409 and slug == OTHER_INSTANCE:
            problem = OTHER_INSTANCE_COUNTS
            delivery.link = LinkState.REFUSED
        elif status == 404:
            problem = f"the backend knows no camera {self._identity.camera_id} under this worker key"
            delivery.link = LinkState.REFUSED
        elif delivery.link is not LinkState.REFUSED:
            delivery.link = LinkState.WAITING
        if log_problem and delivery.problem != problem:
            log.warning("%s", problem)
        delivery.problem = problem


def _log_snapshot(snapshot: Snapshot) -> None:
    if snapshot.coarse_share == 0:
        log.info("sent a snapshot of the empty scene")
    else:
        log.info(
            "sent a snapshot; %.0f %% of it is coarse, because the scene was not free of people there for five minutes",
            max(100 * snapshot.coarse_share, 1),
        )
