"""What the outbox holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from edge_worker.clock import parse_utc
from edge_worker.crossing import Direction


@dataclass(frozen=True, slots=True)
class Event:
    """A crossing as it will be sent. ``event_id`` and ``ts`` are made once, together, and never change.

    Attributes:
        event_id: UUID in its canonical form, lower case.
        ts: RFC 3339, UTC, six decimals, as `edge_worker.clock.format_utc` writes it.
        camera_id: UUID of the camera.
        store_id: UUID of the store; None until the backend has told which store the camera belongs to.
        direction: IN or OUT.
        tracker_id: the tracker's id of the track, ≥ 0.
    """

    event_id: str
    ts: str
    camera_id: str
    store_id: str | None
    direction: Direction
    tracker_id: int

    def validated(self) -> Event:
        """Itself.

        Raises:
            ValueError: a field is not what it says (only possible when it was read from a damaged file).
        """
        for uuid in filter(None, (self.event_id, self.camera_id, self.store_id)):
            UUID(uuid)
        parse_utc(self.ts)
        if not isinstance(self.tracker_id, int) or self.tracker_id < 0:
            raise ValueError(f"tracker_id {self.tracker_id!r} is not a whole number ≥ 0")
        return self


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that the backend refused for good, why, and when that was."""

    event: Event
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Minute:
    """How the video flowed in one minute of one camera.

    Attributes:
        minute: start of the minute, RFC 3339 UTC.
        frames: frames counted on.
        dropped: frames that arrived and were shed.
        fps: frames per second that the worker effectively counted on.
        reconnects: how often the source had to be opened again.
    """

    camera_id: str
    minute: str
    frames: int
    dropped: int
    fps: float
    reconnects: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Crossings of one camera since its outbox was made; they survive restarts and deliveries."""

    ins: int = 0
    outs: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.ins + other.ins, self.outs + other.outs)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the backend said about a batch: delivered events leave, refused ones become dead letters with a reason."""

    delivered: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    at: str = ""
    """When the answer came; the time of the dead letters."""

    @property
    def event_ids(self) -> frozenset[str]:
        return frozenset(self.delivered) | {event_id for event_id, _ in self.refused}


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: how many events, the ts of the oldest, how many dead letters and minutes."""

    events: int = 0
    oldest: str | None = None
    dead: int = 0
    minutes: int = 0
    delivered: int = 0
    """Events confirmed since the outbox was made."""

    def __add__(self, other: Backlog) -> Backlog:
        moments = [moment for moment in (self.oldest, other.oldest) if moment]
        return Backlog(
            events=self.events + other.events,
            oldest=min(moments) if moments else None,
            dead=self.dead + other.dead,
            minutes=self.minutes + other.minutes,
            delivered=self.delivered + other.delivered,
        )


@dataclass(frozen=True, slots=True)
class CachedConfig:
    """The backend's last word about a camera, for the day when it cannot be reached at start.

    Attributes:
        etag: as the backend sent it.
        body: the JSON text.
    """

    etag: str | None = None
    body: str | None = None
    api_url: str = field(default="")
    """Which backend said it; another backend's word is not used."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How the journal is.

    Attributes:
        problem: what is wrong with the disk, None when nothing is.
        unstored: events that are in memory only, now.
        lost: events that could be kept nowhere.
        ever_unstored: events that could not be put on disk when they were counted, since start.
        set_aside: where damaged outbox files went, newest last.
    """

    problem: str | None
    unstored: int
    lost: int
    ever_unstored: int
    set_aside: tuple[Path, ...]
