"""Deliver events: send the oldest batch and record the answer in the outbox."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from edge_worker.backoff import Backoff
from edge_worker.clock import TrustedClock, format_utc
from edge_worker.limits import MAX_EVENTS_PER_BATCH
from edge_worker.outbox.protocol import Outbox
from edge_worker.outbox.records import Event, Settlement
from edge_worker.uplink.outcome import Accepted, InvalidBatch, Outcome, PayloadTooLarge, RetryLater, Unauthorized

log = logging.getLogger(__name__)

MAX_AHEAD_S = 240.0
"""Events further in the future wait. A file that is processed faster than real time creates them, and the backend
refuses events more than five minutes ahead of its own clock."""
KEY_RETRY_S = 60.0
"""The shortest pause after a refused key: somebody has to replace it first."""


DEFAULT_BACKOFF = Backoff()


class LinkState(StrEnum):
    """The state of the connection to the backend."""

    IDLE = "idle"
    OK = "ok"
    WAITING = "waiting"
    REFUSED = "refused"


class EventSender(Protocol):
    """Sends a batch of events, as `BackendClient` does."""

    def post_events(self, events: list[Event]) -> Outcome:
        """Send a batch of events and return its outcome."""
        ...


@dataclass(slots=True)
class DeliveryStatus:
    """What has been delivered since the start, and the state of the connection.

    Attributes:
        inserted: Events that were new to the backend.
        duplicates: Events that the backend had already.
        refused: Events that the backend refused permanently.
        requests: Requests sent.
        link: The state of the connection.
        problem: Why events wait, one sentence; None while delivery works.
    """

    inserted: int = 0
    duplicates: int = 0
    refused: int = 0
    requests: int = 0
    link: LinkState = LinkState.IDLE
    problem: str | None = None

    @property
    def sent(self) -> int:
        """Return the number of events that the backend has confirmed."""
        return self.inserted + self.duplicates


class Delivery:
    """Sends batches of at most `MAX_EVENTS_PER_BATCH` events, oldest first; halves them on 413, waits after failures.

    Example:
        >>> delivery.step()   # sends a batch if there is one
        0.0                   # seconds until the next step; 0 means at once

    Args:
        outbox: Where the events wait.
        sender: The client of the backend.
        clock: The corrected clock.
        backoff: The delays after failures.
        random_number: Returns a random number in 0..1 for the jitter.

    Attributes:
        status: What has been delivered.
        waits_for_network: The last attempt got no answer, so it should be repeated as soon as another request succeeds.
    """

    def __init__(
        self,
        outbox: Outbox,
        sender: EventSender,
        clock: TrustedClock,
        *,
        backoff: Backoff = DEFAULT_BACKOFF,
        random_number: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._backoff = backoff
        self._random_number = random_number
        self._failures = 0
        self._batch_size = MAX_EVENTS_PER_BATCH
        self.status = DeliveryStatus()
        self.waits_for_network = False

    def step(self) -> float | None:
        """Send the oldest batch.

        Returns:
            Seconds to wait before the next step: 0 when there may be more, None when there is nothing to send.
        """
        until = format_utc(self._clock.utc() + timedelta(seconds=MAX_AHEAD_S))
        events = self._outbox.due(self._batch_size, until)
        if not events:
            return None
        self.status.requests += 1
        return self._handle(events, self._sender.post_events(events))

    def confirm_link(self) -> None:
        """Record that another request succeeded: network and key work, unless the delivery itself fails."""
        if not self._failures:
            self.status.link, self.status.problem = LinkState.OK, None

    def _handle(self, events: list[Event], outcome: Outcome) -> float:
        match outcome:
            case Accepted():
                return self._settle_batch(events, outcome)
            case PayloadTooLarge() | InvalidBatch() if len(events) > 1:
                # Too many events, or one that the backend cannot read: halve the batch to find it.
                self._batch_size = max(len(events) // 2, 1)
                return 0.0
            case PayloadTooLarge():
                # A single event is never too large for the backend, so a proxy in between is misconfigured.
                return self._wait(LinkState.WAITING, "a proxy refuses even a single crossing (413)", None)
            case InvalidBatch(reason=reason):
                return self._settle_refused(events[0], reason)
            case Unauthorized(problem=problem):
                return self._wait(LinkState.REFUSED, problem, KEY_RETRY_S)
            case RetryLater(problem=problem, retry_after_s=retry_after_s):
                self.waits_for_network = outcome.unreachable
                return self._wait(LinkState.WAITING, problem, retry_after_s)

    def _settle_batch(self, events: list[Event], accepted: Accepted) -> float:
        reasons = dict(accepted.rejected)
        now = self._clock.utc()
        horizon = format_utc(now + timedelta(seconds=MAX_AHEAD_S))
        delivered, refused = [], []
        for index, event in enumerate(events):
            reason = reasons.get(index)
            if reason is None:
                delivered.append(event.event_id)
            elif reason == "future_timestamp" and event.ts > horizon:
                # The answer corrected our clock, which was ahead; the event is due later by the corrected clock.
                continue
            else:
                refused.append((event.event_id, reason))
        if refused:
            log.error(
                "the backend refuses %d events permanently (%s)", len(refused), ", ".join(sorted(set(reasons.values())))
            )
        self._outbox.settle(Settlement(tuple(delivered), tuple(refused), format_utc(now)))
        self.status.inserted += accepted.inserted
        self.status.duplicates += accepted.duplicates
        self.status.refused += len(refused)
        self._batch_size = min(self._batch_size * 2, MAX_EVENTS_PER_BATCH)
        self._record_success()
        return 0.0

    def _settle_refused(self, event: Event, reason: str) -> float:
        log.error("the backend refuses the event %s permanently (%s)", event.event_id, reason)
        self._outbox.settle(Settlement(refused=((event.event_id, reason),), at=format_utc(self._clock.utc())))
        self.status.refused += 1
        self._batch_size = min(self._batch_size * 2, MAX_EVENTS_PER_BATCH)
        self._record_success()
        return 0.0

    def _record_success(self) -> None:
        if self._failures:
            log.info("delivery works again")
        self._failures = 0
        self.waits_for_network = False
        self.status.link, self.status.problem = LinkState.OK, None

    def _wait(self, link: LinkState, problem: str, retry_after_s: float | None) -> float:
        self._failures += 1
        delay = self._backoff.delay_s(self._failures, self._random_number(), retry_after_s)
        level = logging.ERROR if link is LinkState.REFUSED else logging.WARNING
        log.log(level, "%s; events are kept, next attempt in %.0f s", problem, delay)
        self.status.link, self.status.problem = link, problem
        return delay
