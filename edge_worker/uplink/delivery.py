"""One step of delivery: the oldest batch out, its answer into the outbox."""

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
from edge_worker.outbox import Event, Journal, Settlement
from edge_worker.uplink.outcome import KeyRefused, Later, Outcome, Taken, TooLarge, Unreadable

log = logging.getLogger(__name__)

AHEAD_S = 240.0
"""Events further ahead of our clock than this wait: a file played faster than time makes them, and the backend refuses
what is more than five minutes ahead (of its own clock, which may differ a little)."""
KEY_RETRY_S = 60.0
"""A refused key is tried again at least so rarely: somebody has to see to it first."""


DEFAULT_BACKOFF = Backoff()


class Link(StrEnum):
    """How the way to the backend is."""

    IDLE = "idle"
    OK = "ok"
    WAITING = "waiting"
    REFUSED = "refused"


class EventSender(Protocol):
    def post_events(self, events: list[Event]) -> Outcome: ...


@dataclass(slots=True)
class Progress:
    """What has been delivered since start, and how the link is now."""

    inserted: int = 0
    duplicates: int = 0
    refused: int = 0
    requests: int = 0
    link: Link = Link.IDLE
    problem: str | None = None

    @property
    def sent(self) -> int:
        """Events that the backend has confirmed."""
        return self.inserted + self.duplicates


class Delivery:
    """Oldest first, at most `MAX_EVENTS_PER_BATCH` at once, halved on 413, waiting as `Backoff` says.

    Example:
        >>> delivery.step()   # sends a batch if there is one
        0.0                   # seconds until the next step may be taken; 0 means: at once
    """

    def __init__(
        self,
        journal: Journal,
        sender: EventSender,
        clock: TrustedClock,
        *,
        backoff: Backoff = DEFAULT_BACKOFF,
        random_number: Callable[[], float] = random.random,
    ) -> None:
        self._journal = journal
        self._sender = sender
        self._clock = clock
        self._backoff = backoff
        self._random_number = random_number
        self._failures = 0
        self._batch = MAX_EVENTS_PER_BATCH
        self.progress = Progress()
        self.waits_for_network = False
        """The last attempt met nobody: as soon as anything else gets through, it is worth another."""

    def step(self) -> float | None:
        """Sends the oldest batch.

        Returns:
            Seconds to wait before the next step: 0 when there may be more, None when there is nothing to send.
        """
        until = format_utc(self._clock.utc() + timedelta(seconds=AHEAD_S))
        events = self._journal.due(self._batch, until)
        if not events:
            return None
        self.progress.requests += 1
        return self._follow(events, self._sender.post_events(events))

    def something_got_through(self) -> None:
        """A heartbeat was taken, so network and key are good; only a delivery that fails itself is still a problem."""
        if not self._failures:
            self.progress.link, self.progress.problem = Link.OK, None

    def _follow(self, events: list[Event], outcome: Outcome) -> float:
        match outcome:
            case Taken():
                return self._taken(events, outcome)
            case TooLarge() | Unreadable() if len(events) > 1:
                # Too many at once, or one among them that the backend cannot read: find it by halving.
                self._batch = max(len(events) // 2, 1)
                return 0.0
            case TooLarge():
                # No single crossing is too large for Metrica: whoever says so is in between, and will be mended.
                return self._wait(Link.WAITING, "something before the backend refuses even one crossing (413)", None)
            case Unreadable(reason=reason):
                return self._refused(events[0], reason)
            case KeyRefused(problem=problem):
                return self._wait(Link.REFUSED, problem, KEY_RETRY_S)
            case Later(problem=problem, retry_after_s=retry_after_s):
                self.waits_for_network = outcome.unreachable
                return self._wait(Link.WAITING, problem, retry_after_s)

    def _taken(self, events: list[Event], taken: Taken) -> float:
        reasons = dict(taken.rejected)
        now = self._clock.utc()
        horizon = format_utc(now + timedelta(seconds=AHEAD_S))
        delivered, refused = [], []
        for index, event in enumerate(events):
            reason = reasons.get(index)
            if reason is None:
                delivered.append(event.event_id)
            elif reason == "future_timestamp" and event.ts > horizon:
                # The answer taught us that our clock was ahead; the event is due later by the corrected one.
                continue
            else:
                refused.append((event.event_id, reason))
        if refused:
            log.error(
                "the backend refuses %d events for good (%s)", len(refused), ", ".join(sorted(set(reasons.values())))
            )
        self._journal.settle(Settlement(tuple(delivered), tuple(refused), format_utc(now)))
        self.progress.inserted += taken.inserted
        self.progress.duplicates += taken.duplicates
        self.progress.refused += len(refused)
        self._batch = min(self._batch * 2, MAX_EVENTS_PER_BATCH)
        self._good()
        return 0.0

    def _refused(self, event: Event, reason: str) -> float:
        log.error("the backend refuses the event %s for good (%s)", event.event_id, reason)
        self._journal.settle(Settlement(refused=((event.event_id, reason),), at=format_utc(self._clock.utc())))
        self.progress.refused += 1
        self._batch = min(self._batch * 2, MAX_EVENTS_PER_BATCH)
        self._good()
        return 0.0

    def _good(self) -> None:
        if self._failures:
            log.info("delivery works again")
        self._failures = 0
        self.waits_for_network = False
        self.progress.link, self.progress.problem = Link.OK, None

    def _wait(self, link: Link, problem: str, retry_after_s: float | None) -> float:
        self._failures += 1
        delay = self._backoff.delay_s(self._failures, self._random_number(), retry_after_s)
        level = logging.ERROR if link is Link.REFUSED else logging.WARNING
        log.log(level, "%s; everything is kept, next attempt in %.0f s", problem, delay)
        self.progress.link, self.progress.problem = link, problem
        return delay
