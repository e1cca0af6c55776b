"""Everything that goes to the backend and comes from it, in one thread beside the counting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from edge_worker.backoff import LONGEST_DELAY_S
from edge_worker.clock import TrustedClock
from edge_worker.heartbeat.report import heartbeat_body
from edge_worker.heartbeat.vitals import Vitals
from edge_worker.limits import HEARTBEAT_INTERVAL_S, MAX_MINUTES_PER_HEARTBEAT
from edge_worker.outbox import Journal
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.uplink.client import BackendClient, server_time_of
from edge_worker.uplink.delivery import Delivery, Link
from edge_worker.uplink.outcome import retry_after_s

log = logging.getLogger(__name__)

TEND_S = 5.0
CONFIG_RETRY_S = 15.0
LONGEST_SLEEP_S = 5.0
DRAIN_PAUSE_S = 1.5
FAILED_PAUSE_S = 5.0


class SnapshotTaker(Protocol):
    """Makes a snapshot of the newest frame that may leave the store."""

    def wanted(self, interval_s: int, requested: bool) -> bool: ...

    def take(self) -> bytes | None:
        """A JPEG, or None when there is no frame."""
        ...

    def sent(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Station:
    """Who is speaking.

    Attributes:
        heartbeat_s: seconds between heartbeats, > 0.
    """

    camera_id: str
    version: str
    heartbeat_s: float = HEARTBEAT_INTERVAL_S


class Courier:
    """Delivers events, heartbeats and snapshots, and fetches the config; `step` is one round, `run` does it for ever.

    Nothing here raises for a bad network: what cannot be sent stays in the outbox, and the link says how it is.
    """

    def __init__(
        self,
        station: Station,
        journal: Journal,
        client: BackendClient,
        clock: TrustedClock,
        *,
        configs: ConfigStore,
        vitals: Vitals,
        delivery: Delivery | None = None,
        snapshots: SnapshotTaker | None = None,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._station = station
        self._journal = journal
        self._client = client
        self._clock = clock
        self._configs = configs
        self._vitals = vitals
        self._snapshots = snapshots
        self._elapsed = elapsed
        self.delivery = delivery or Delivery(journal, client, clock)
        self._deliver_at = self._heartbeat_at = self._config_at = self._tend_at = self._snapshot_at = elapsed()
        self._beaten_frames = 0
        self._beat_pause_s = station.heartbeat_s
        self._config_wanted = True
        self._snapshot_requested = False
        self._wake = threading.Event()

    def wake(self) -> None:
        """There is something to send: do not sleep on."""
        self._wake.set()

    def run(self, stop: threading.Event) -> None:
        """Rounds until ``stop`` is set; one that fails in a way nobody thought of is logged, and the next one comes."""
        while not stop.is_set():
            try:
                pause = self.step()
            except Exception as error:
                log.exception("a round of the courier failed")
                self.delivery.progress.problem = f"the delivery fails unexpectedly ({type(error).__name__}: {error})"
                pause = FAILED_PAUSE_S
            if pause > 0:
                self._wake.wait(pause)
            self._wake.clear()

    def step(self) -> float:
        """One round of whatever is due; returns the seconds that may pass until the next."""
        now = self._elapsed()
        if now >= self._tend_at:
            self._journal.tend()
            self._tend_at = now + TEND_S
        if self._config_wanted and now >= self._config_at:
            self.fetch_config()
        more = self._deliver(now)
        if now >= self._heartbeat_at and self._vitals.read().frames > self._beaten_frames:
            self.beat()
            self._heartbeat_at = self._elapsed() + self._beat_pause_s
        self._snapshot(now)
        if more:
            return 0.0
        moments = [self._heartbeat_at, self._tend_at, now + LONGEST_SLEEP_S]
        if self._deliver_at > now:
            moments.append(self._deliver_at)
        return max(min(moments) - self._elapsed(), 0.05)

    def drain(self, limit_s: float) -> None:
        """Sends what can be sent within ``limit_s``, then a last heartbeat; only short waits are waited for."""
        until = self._elapsed() + limit_s
        if self._configs.config is None:
            self.fetch_config()
        while self._elapsed() < until:
            pause = self.delivery.step()
            if pause is None or pause > DRAIN_PAUSE_S:
                break
            self._wake.clear()
            self._wake.wait(pause)
        if self._vitals.read().frames > 0 and self._elapsed() < until:
            self.beat()

    def beat(self) -> bool:
        """Sends one heartbeat with the minutes that wait; whether the backend took it."""
        pulse = self._vitals.read()
        minutes = self._journal.due_minutes(self._station.camera_id, MAX_MINUTES_PER_HEARTBEAT)
        body = heartbeat_body(
            self._clock.utc(),
            self._station.version,
            pulse,
            backlog=self._journal.backlog(),
            totals=self._journal.totals(self._station.camera_id),
            minutes=minutes,
        )
        began = self._elapsed()
        answer = self._client.heartbeat(self._station.camera_id, body)
        self._beat_pause_s = self._station.heartbeat_s
        if not answer.ok:
            self._note_problem(answer.status, answer.problem or "")
            asked_for_s = retry_after_s(answer.headers.get("retry-after"), self._clock.utc()) or 0.0
            self._beat_pause_s = max(self._beat_pause_s, min(asked_for_s, LONGEST_DELAY_S))
            return False
        self._beaten_frames = pulse.frames
        self.delivery.something_got_through()
        self._journal.settle_minutes(minutes)
        server_time = server_time_of(answer)
        if server_time is not None and server_time.tzinfo is not None:
            self._clock.observe(server_time, self._elapsed() - began)
        self._follow(answer.body)
        return True

    def fetch_config(self, *, aloud: bool = True) -> int:
        """Asks for the camera's config; returns the HTTP status, 0 when nobody answered.

        Args:
            aloud: log what is wrong; not when the caller says it.
        """
        answer = self._client.config(self._station.camera_id, self._configs.etag if self._configs.config else None)
        self._config_at = self._elapsed() + CONFIG_RETRY_S
        if answer.status == 304:
            self._config_wanted = False
        elif answer.ok and answer.status == 200:
            self._configs.update(answer.text, answer.headers.get("etag"))
            self._config_wanted = False
        else:
            self._note_problem(answer.status, answer.problem or "", aloud=aloud)
        return answer.status

    # -- inside ------------------------------------------------------------------------------------------------------

    def _deliver(self, now: float) -> bool:
        """Whether there may be more to send at once."""
        if now < self._deliver_at:
            return False
        pause = self.delivery.step()
        if pause == 0.0:
            return True
        self._deliver_at = now if pause is None else self._elapsed() + pause
        return False

    def _follow(self, answer: dict[str, Any]) -> None:
        """What the heartbeat's answer asks for; and the link works, so a delivery that waits for it need not."""
        etag = answer.get("config_etag")
        if isinstance(etag, str) and etag != self._configs.etag:
            self._config_wanted, self._config_at = True, self._elapsed()
        self._snapshot_requested = answer.get("snapshot_requested") is True
        if self.delivery.waits_for_network:
            self._deliver_at = self._elapsed()

    def _snapshot(self, now: float) -> None:
        if self._snapshots is None or now < self._snapshot_at:
            return
        config = self._configs.config
        interval_s = config.snapshot_interval_s if config else 0
        if not self._snapshots.wanted(interval_s, self._snapshot_requested):
            return
        self._snapshot_at = now + CONFIG_RETRY_S
        jpeg = self._snapshots.take()
        if jpeg is None:
            return
        answer = self._client.put_snapshot(self._station.camera_id, jpeg)
        if answer.ok:
            self._snapshots.sent()
            self._snapshot_requested = False
        else:
            log.warning("the snapshot was not taken: %s", answer.problem)

    def _note_problem(self, status: int, problem: str, *, aloud: bool = True) -> None:
        progress = self.delivery.progress
        if status in {401, 403}:
            problem = "the backend refuses the worker key: make a new one in the admin, and set METRICA_WORKER_KEY"
            progress.link = Link.REFUSED
        elif status == 404:
            problem = f"the backend knows no camera {self._station.camera_id} under this worker key"
            progress.link = Link.REFUSED
        elif progress.link is not Link.REFUSED:
            progress.link = Link.WAITING
        if aloud and progress.problem != problem:
            log.warning("%s", problem)
        progress.problem = problem
