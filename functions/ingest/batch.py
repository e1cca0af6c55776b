"""A batch of events, checked one by one: what may be stored, and why the rest may not. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from json import loads
from typing import Any
from uuid import UUID

from functions.common.limits import EVENT_MAX_AGE, EVENT_MAX_CLOCK_SKEW, MAX_EVENTS_PER_BATCH
from functions.common.problems import BadRequest, Invalid, TooLarge, field_error

# PostgreSQL counts microseconds from here.
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

MALFORMED = "malformed"
UNKNOWN_CAMERA = "unknown_camera"
FUTURE_TIMESTAMP = "future_timestamp"
TOO_OLD = "too_old"

DIRECTIONS = frozenset({"IN", "OUT"})
LARGEST_TRACKER_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StoreCameras:
    """A store and its cameras, by the text of their ids; the value is when the camera was archived (or None)."""

    store_id: UUID
    archived_at: Mapping[str, datetime | None]


@dataclass(slots=True)
class CheckedBatch:
    """The events to store, as columns in the form the statement sends, and the rejected ones as they are answered.

    `micros` are microseconds since 2000-01-01 UTC; `cameras` and `event_ids` are the 16 bytes of each UUID.
    """

    micros: list[int] = field(default_factory=list)
    cameras: list[bytes] = field(default_factory=list)
    event_ids: list[bytes] = field(default_factory=list)
    directions: list[str] = field(default_factory=list)
    tracker_ids: list[int | None] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.micros)

    def reject(self, index: int, event: Any, reason: str) -> None:
        event_id = event.get("event_id") if isinstance(event, dict) else None
        shown = event_id if isinstance(event_id, str) and len(event_id) <= 64 else None
        self.rejected.append({"index": index, "event_id": shown, "reason": reason})


def parse_object(content: bytes) -> dict[str, Any]:
    """The JSON object of a body. Raises BadRequest when it cannot be read, Invalid when it is something else.

    An object inside that has a key twice is read as null: that one is malformed, the others are not its business.
    """
    try:
        document = loads(content.decode(), object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(document, dict):
        raise Invalid([field_error(["body"], "object_expected", "The body must be a JSON object, no key twice.")])
    return document


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any] | None:
    made = dict(pairs)
    return made if len(made) == len(pairs) else None


def parse_batch(content: bytes) -> list[Any]:
    """The events of a body: 1 to 1000 values of any kind. Raises BadRequest, Invalid or TooLarge."""
    events = parse_object(content).get("events")
    if not isinstance(events, list) or not events:
        raise Invalid([field_error(["body", "events"], "list_expected", "A list of 1 to 1000 events is needed.")])
    if len(events) > MAX_EVENTS_PER_BATCH:
        raise TooLarge(f"A batch may have at most {MAX_EVENTS_PER_BATCH} events.")
    return events


def check_batch(events: list[Any], store: StoreCameras, now: datetime) -> CheckedBatch:
    """Sort the events into storable and rejected.

    `now` is aware. The first of these that holds is the reason: malformed, unknown camera (also one of another store,
    or archived before the crossing), more than 5 minutes ahead of now, more than 30 days old.
    """
    batch = CheckedBatch()
    store_text = str(store.store_id)
    archived_at = store.archived_at
    latest, earliest = micros_of(now + EVENT_MAX_CLOCK_SKEW), micros_of(now - EVENT_MAX_AGE)
    known: dict[str, bytes] = {}
    for index, event in enumerate(events):
        try:
            event_id = _uuid_bytes(event["event_id"])
            camera_text, ts = event["camera_id"], event["ts"]
            camera = known.get(camera_text) or known.setdefault(camera_text, _uuid_bytes(camera_text))
            of_this_store = event["store_id"] == store_text or _uuid_bytes(event["store_id"]) == store.store_id.bytes
            direction = event["direction"]
            tracker_id = event.get("tracker_id")
            micros = micros_of(datetime.fromisoformat(ts))
            if (
                direction not in DIRECTIONS
                or ts[10] != "T"
                or not (
                    tracker_id is None
                    or (type(tracker_id) is int and -LARGEST_TRACKER_ID <= tracker_id <= LARGEST_TRACKER_ID)
                )
            ):
                batch.reject(index, event, MALFORMED)
                continue
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError):
            batch.reject(index, event, MALFORMED)
            continue
        if camera_text not in archived_at:
            camera_text = camera_text.lower()
        if (
            not of_this_store
            or camera_text not in archived_at
            or ((gone := archived_at[camera_text]) is not None and micros >= micros_of(gone))
        ):
            batch.reject(index, event, UNKNOWN_CAMERA)
        elif micros > latest:
            batch.reject(index, event, FUTURE_TIMESTAMP)
        elif micros < earliest:
            batch.reject(index, event, TOO_OLD)
        else:
            batch.micros.append(micros)
            batch.cameras.append(camera)
            batch.event_ids.append(event_id)
            batch.directions.append(direction)
            batch.tracker_ids.append(tracker_id)
    return batch


def micros_of(moment: datetime) -> int:
    """Microseconds since 2000-01-01 UTC. Raises TypeError for a naive moment."""
    since = moment - POSTGRES_EPOCH
    return since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds


def _uuid_bytes(text: str) -> bytes:
    """The 16 bytes of a UUID in its 36-character form. Raises ValueError (TypeError, AttributeError for other types).

    Four hyphens in their places leave 32 characters, and 16 bytes need them all to be hexadecimal.
    """
    if len(text) != 36 or not text[8] == text[13] == text[18] == text[23] == "-":
        raise ValueError(text)
    value = bytes.fromhex(text.replace("-", ""))
    if len(value) != 16:
        raise ValueError(text)
    return value
