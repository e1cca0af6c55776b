"""The records of an outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edge_worker.crossing import Direction

UNKNOWN_LINE_VERSION = -1
"""The line version of a minute of an older worker, or of one that counted with the config of an older backend."""


@dataclass(frozen=True, slots=True)
class Event:
    """A crossing as it is sent to the backend. ``event_id`` and ``ts`` are assigned once, together, and never change.

    Attributes:
        event_id: UUID in canonical form, lower case.
        ts: When the crossing happened: RFC 3339, UTC, six decimals, as `edge_worker.clock.format_utc` returns it.
        camera_id: UUID of the camera.
        store_id: UUID of the store; None until the config of the camera has been received.
        direction: IN or OUT.
        tracker_id: The tracker's id of the track, ≥ 0.
    """

    event_id: str
    ts: str
    camera_id: str
    store_id: str | None
    direction: Direction
    tracker_id: int


def batch_id(events: Sequence[Event]) -> str:
    """Return the id of a batch: that of its oldest event.

    So it stays the same when the batch is sent again, also after a restart, with the events that were counted
    meanwhile, or halved.

    Args:
        events: The events of the batch, oldest first; at least one.
    """
    return events[0].event_id


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that the backend refused permanently.

    Attributes:
        reason: Why, as the backend states it.
        at: When the refusal arrived, RFC 3339 UTC.
    """

    event: Event
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Minute:
    """The frames of one camera in one minute, for the coverage.

    Attributes:
        minute: Start of the minute, RFC 3339 UTC.
        frames: Processed frames.
        dropped: Frames that arrived and were discarded.
        fps: Processed frames per second.
        reconnects: How often the source was opened again.
        line_version: The version of the line, ≥ 1; None for a line that is not the backend's. A minute in which the
            line changes has one record for each version.
    """

    camera_id: str
    minute: str
    frames: int
    dropped: int
    fps: float
    reconnects: int
    line_version: int | None = UNKNOWN_LINE_VERSION


@dataclass(frozen=True, slots=True)
class Totals:
    """Crossings of one camera since its outbox was created; restarts and deliveries do not reset them.

    Crossings that could not be stored anywhere, and refused ones that were discarded, are not included.
    """

    ins: int = 0
    outs: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.ins + other.ins, self.outs + other.outs)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the backend answered about the events of a batch.

    Attributes:
        delivered: Ids of events that the backend has stored.
        refused: (event id, reason) of events that it refused permanently.
        at: When the answer arrived, RFC 3339 UTC.
    """

    delivered: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    at: str = ""

    @property
    def event_ids(self) -> frozenset[str]:
        """Return the ids of all its events."""
        return frozenset(self.delivered) | {event_id for event_id, _ in self.refused}

    def halves(self) -> tuple[Settlement, Settlement]:
        """Return two settlements that together are this one."""
        delivered, refused = len(self.delivered) // 2, len(self.refused) // 2
        return (
            Settlement(self.delivered[:delivered], self.refused[:refused], self.at),
            Settlement(self.delivered[delivered:], self.refused[refused:], self.at),
        )


@dataclass(frozen=True, slots=True)
class Backlog:
    """What an outbox contains.

    Attributes:
        events: Events that wait for delivery.
        oldest: The ts of the oldest of them; None when none waits.
        dead: Dead letters.
        oldest_dead: The ts of the oldest of them; None when there is none.
        minutes: Minutes that wait for delivery.
        delivered: Events delivered since the outbox was created.
    """

    events: int = 0
    oldest: str | None = None
    dead: int = 0
    minutes: int = 0
    delivered: int = 0
    oldest_dead: str | None = None

    def __add__(self, other: Backlog) -> Backlog:
        return Backlog(
            events=self.events + other.events,
            oldest=_oldest(self.oldest, other.oldest),
            oldest_dead=_oldest(self.oldest_dead, other.oldest_dead),
            dead=self.dead + other.dead,
            minutes=self.minutes + other.minutes,
            delivered=self.delivered + other.delivered,
        )


def _oldest(*times: str | None) -> str | None:
    return min((time for time in times if time), default=None)


@dataclass(frozen=True, slots=True)
class CachedConfig:
    """The last config of a camera, for a start while the backend is unreachable.

    Attributes:
        etag: The ETag, as the backend sent it.
        body: The JSON text.
        api_url: The backend it came from; it is not used with another backend.
    """

    etag: str | None = None
    body: str | None = None
    api_url: str = ""


@dataclass(frozen=True, slots=True)
class StorageStatus:
    """Whether the disk works and which events are not on it.

    Attributes:
        problem: What is wrong with the disk; None while it works.
        unstored: Events that are only in memory now.
        lost: Events that could not be stored anywhere.
        ever_unstored: Events since start that could not be stored on disk when they were counted.
        damaged_files: Where damaged outbox files were moved to, newest last.
    """

    problem: str | None
    unstored: int
    lost: int
    ever_unstored: int
    damaged_files: tuple[Path, ...]
