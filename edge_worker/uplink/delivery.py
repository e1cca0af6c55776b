"""Deliver events: send the oldest batch and record the answer in the outbox."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from time import monotonic
from typing import Protocol

from edge_worker.backoff import Backoff
from edge_worker.clock import TrustedClock, format_utc
from edge_worker.limits import MAX_EVENTS_PER_BATCH
from edge_worker.outbox.protocol import Outbox
from edge_worker.outbox.records import Event, Settlement, batch_id
from edge_worker.uplink.outcome import Accepted, InvalidBatch, Outcome, PayloadTooLarge, RetryLater, WorkerRefused

log = logging.getLogger(__name__)

MAX_AHEAD_S = 240.0
"""Events further in the future wait. A file that is processed faster than real time creates them, and the backend
refuses events more than five minutes ahead of its own clock."""
KEY_RETRY_S = 60.0
"""The shortest pause after a refused key: somebody has to replace it first."""


SET_ASIDE_S = 3600.0
"""How long an event waits that the backend cannot read when it is sent alone, so that it does not block the others."""
MAX_SET_ASIDE_IN_A_ROW = 3
"""When this many events in a row cannot be read, the events are not the reason, and everything waits."""
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
        set_aside: Events that wait because the backend cannot read them.
        requests: Requests sent.
        link: The state of the connection.
        problem: Why events wait, one sentence; None while delivery works.
    """

    inserted: int = 0
    duplicates: int = 0
    refused: int = 0
    set_aside: int = 0
    requests: int = 0
    link: LinkState = LinkState.IDLE
    problem: str | None = None

    @property
    def sent(self) -> int:
        """Return the number of events that the backend has confirmed."""
        return self.inserted + self.duplicates


class Delivery:
    """Sends batches of at most `MAX_EVENTS_PER_BATCH` events, oldest first; halves them on 413, waits after failures.

    An event becomes a dead letter only when an answer of 2xx names it as rejected. An event that the backend cannot
    read is set aside and sent again later.

    Example:
        >>> delivery.step()   # sends a batch if there is one
        0.0                   # seconds until the next step; 0 means at once

    Args:
        outbox: Where the events wait.
        sender: The client of the backend.
        clock: The corrected clock.
        backoff: The delays after failures.
        random_number: Returns a random number in 0..1 for the jitter.
        elapsed: A monotonic clock, in seconds.

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
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._backoff = backoff
        self._random_number = random_number
        self._elapsed = elapsed
        self._failures = 0
        self._batch_size = MAX_EVENTS_PER_BATCH
        self._set_aside_until: dict[str, float] = {}
        self._set_aside_in_a_row = 0
        self.status = DeliveryStatus()
        self.waits_for_network = False

    def step(self) -> float | None:
        """Send the oldest batch.

        Returns:
            Seconds to wait before the next step: 0 when there may be more, None when there is nothing to send.
        """
        until = format_utc(self._clock.utc() + timedelta(seconds=MAX_AHEAD_S))
        events = self._due(until)
        if not events:
            return None
        self.status.requests += 1
        return self._handle(events, self._sender.post_events(events))

    def confirm_link(self) -> None:
        """Record that another request succeeded: network and key work, unless the delivery itself fails."""
        if not self._failures:
            self.status.link, self.status.problem = LinkState.OK, self._set_aside_problem()

    def _due(self, until: str) -> list[Event]:
        """Return the oldest events without those that are set aside."""
        now = self._elapsed()
        aside = {event_id for event_id, again_at in self._set_aside_until.items() if again_at > now}
        events = self._outbox.due(self._batch_size + len(aside), until)
        return [event for event in events if event.event_id not in aside][: self._batch_size]

    def _handle(self, events: list[Event], outcome: Outcome) -> float:
        match outcome:
            case Accepted():
                return self._settle_batch(events, outcome)
            case PayloadTooLarge() | InvalidBatch() if len(events) > 1:
                # Too many events, or one that the backend cannot read: halve the batch to single it out.
                self._batch_size = max(len(events) // 2, 1)
                return 0.0
            case PayloadTooLarge():
                # A single event is never too large for the backend, so a proxy in between is misconfigured.
                problem = "a proxy refuses even a single crossing (413)"
                return self._wait(LinkState.WAITING, problem, None, batch_id(events))
            case InvalidBatch(reason=reason):
                return self._set_aside(events[0], reason)
            case WorkerRefused(problem=problem):
                return self._wait(LinkState.REFUSED, problem, KEY_RETRY_S, batch_id(events))
            case RetryLater(problem=problem, retry_after_s=retry_after_s):
                self.waits_for_network = outcome.unreachable
                return self._wait(LinkState.WAITING, problem, retry_after_s, batch_id(events))

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
                "the backend refuses %d events permanently (%s)",
                len(refused),
                ", ".join(sorted(set(reasons.values()))),
                extra={"request_id": batch_id(events)},
            )
        log.info("delivered %d events", len(delivered), extra={"request_id": batch_id(events)})
        self._outbox.settle(Settlement(tuple(delivered), tuple(refused), format_utc(now)))
        self.status.inserted += accepted.inserted
        self.status.duplicates += accepted.duplicates
        self.status.refused += len(refused)
        for event_id in (*delivered, *(event_id for event_id, _ in refused)):
            self._set_aside_until.pop(event_id, None)
        self._set_aside_in_a_row = 0
        self._batch_size = min(self._batch_size * 2, MAX_EVENTS_PER_BATCH)
        self._record_success()
        return 0.0

    def _set_aside(self, event: Event, reason: str) -> float:
        """Let an event wait that the backend cannot read; let all wait if it cannot read any."""
        if self._set_aside_in_a_row >= MAX_SET_ASIDE_IN_A_ROW:
            self._set_aside_until.clear()
            self.status.set_aside = 0
            problem = (
                f"the backend cannot read any request ({reason}): check for a proxy in between, and update the worker"
            )
            return self._wait(LinkState.WAITING, problem, None, event.event_id)
        self._set_aside_in_a_row += 1
        self._set_aside_until[event.event_id] = self._elapsed() + SET_ASIDE_S
        self.status.set_aside = len(self._set_aside_until)
        log.error(
            "the backend cannot read the event %s (%s); it is sent again later",
            event.event_id,
            reason,
            extra={"request_id": event.event_id},
        )
        self.status.problem = self._set_aside_problem()
        self._batch_size = min(self._batch_size * 2, MAX_EVENTS_PER_BATCH)
        return 0.0

    def _set_aside_problem(self) -> str | None:
        count = len(self._set_aside_until)
        return f"{count} crossings wait because the backend cannot read them; update the worker" if count else None

    def _record_success(self) -> None:
        if self._failures:
            log.info("delivery works again")
        self._failures = 0
        self.waits_for_network = False
        self.status.set_aside = len(self._set_aside_until)
        self.status.link, self.status.problem = LinkState.OK, self._set_aside_problem()

    def _wait(self, link: LinkState, problem: str, retry_after_s: float | None, request_id: str) -> float:
        self._failures += 1
        delay = self._backoff.delay_s(self._failures, self._random_number(), retry_after_s)
        level = logging.ERROR if link is LinkState.REFUSED else logging.WARNING
        log.log(
            level,
            "%s; events are kept, next attempt in %.0f s",
            problem,
            delay,
            extra={"request_id": request_id},
        )
        self.status.link, self.status.problem = link, problem
        return delay
