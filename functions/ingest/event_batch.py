"""Validation of a batch of events, one by one. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from functions.common.limits import EVENT_MAX_AGE, EVENT_MAX_CLOCK_SKEW, MAX_EVENTS_PER_BATCH
from functions.common.problems import BadRequest, Invalid, TooLarge, field_error
from functions.common.strict_json import NotJSONError, parse_items

from .import_window import ImportWindow, is_importable

POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""PostgreSQL counts microseconds from here."""

MALFORMED = "malformed"
UNKNOWN_CAMERA = "unknown_camera"
FUTURE_TIMESTAMP = "future_timestamp"
TOO_OLD = "too_old"

DIRECTIONS = frozenset({"IN", "OUT"})
MAX_TRACKER_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StoreCameras:
    """A store and its cameras.

    Attributes:
        store_id: the store.
        archived_at: by the text of the camera id, when the camera was archived, or None.
        import_windows: by the text of the camera id, the open import windows.
    """

    store_id: UUID
    archived_at: Mapping[str, datetime | None]
    import_windows: Mapping[str, Sequence[ImportWindow]] = field(default_factory=dict)


@dataclass(slots=True)
class CheckedBatch:
    """The valid events, as the columns that the statement sends, and the rejected ones, as the response lists them.

    Attributes:
        micros: microseconds since 2000-01-01 UTC.
        camera_ids: 16 bytes of each UUID.
        event_ids: 16 bytes of each UUID.
        directions: IN or OUT.
        tracker_ids: integer or None.
        rejected: index, event_id and reason of each rejected event.
    """

    micros: list[int] = field(default_factory=list)
    camera_ids: list[bytes] = field(default_factory=list)
    event_ids: list[bytes] = field(default_factory=list)
    directions: list[str] = field(default_factory=list)
    tracker_ids: list[int | None] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.micros)

    def by_camera(self) -> list[CheckedBatch]:
        """Return the valid events in one batch for each camera, without the rejected ones."""
        if len(set(self.camera_ids)) == 1:
            return [self]
        batches: dict[bytes, CheckedBatch] = {}
        for micros, camera_id, event_id, direction, tracker_id in zip(
            self.micros, self.camera_ids, self.event_ids, self.directions, self.tracker_ids, strict=True
        ):
            batch = batches.setdefault(camera_id, CheckedBatch())
            batch.micros.append(micros)
            batch.camera_ids.append(camera_id)
            batch.event_ids.append(event_id)
            batch.directions.append(direction)
            batch.tracker_ids.append(tracker_id)
        return list(batches.values())

    def reject(self, index: int, event: Any, reason: str) -> None:
        """Add an event to the rejected ones."""
        event_id = event.get("event_id") if isinstance(event, dict) else None
        safe_event_id = event_id if isinstance(event_id, str) and len(event_id) <= 64 else None
        self.rejected.append({"index": index, "event_id": safe_event_id, "reason": reason})


def parse_object(content: bytes) -> dict[str, Any]:
    """Return the JSON object of a body. A nested object with a duplicate key becomes None.

    Raises:
        BadRequest: the body is not JSON.
        Invalid: the body is another JSON value, or an object with a duplicate key.
    """
    try:
        document = parse_items(content)
    except NotJSONError:
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(document, dict):
        raise Invalid(
            [field_error(["body"], "object_expected", "The body must be a JSON object without duplicate keys.")]
        )
    return document


def parse_batch(content: bytes) -> list[Any]:
    """Return the events of a body: 1 to 1000 values, not validated.

    Raises:
        BadRequest: the body is not JSON.
        Invalid: the body has no list of events.
        TooLarge: there are more than 1000 events.
    """
    events = parse_object(content).get("events")
    if not isinstance(events, list) or not events:
        raise Invalid(
            [field_error(["body", "events"], "list_expected", f"Must be a list of 1 to {MAX_EVENTS_PER_BATCH} events.")]
        )
    if len(events) > MAX_EVENTS_PER_BATCH:
        raise TooLarge(f"A batch must have at most {MAX_EVENTS_PER_BATCH} events.")
    return events


def check_batch(events: list[Any], store: StoreCameras, now: datetime) -> CheckedBatch:
    """Validate events.

    The reason of a rejection is the first of these that applies: `malformed`; `unknown_camera`, also a camera of
    another store or one archived before the crossing; `future_timestamp`, more than 5 minutes ahead; `too_old`, more
    than 30 days and in no open import window.

    Args:
        events: the events of a body.
        store: the store of the key, with its cameras.
        now: current time, aware.
    """
    latest, earliest = to_micros(now + EVENT_MAX_CLOCK_SKEW), to_micros(now - EVENT_MAX_AGE)
    batch = CheckedBatch()
    store_text = str(store.store_id)
    archived_at = store.archived_at
    parsed_camera_ids: dict[str, bytes] = {}
    for index, event in enumerate(events):
        try:
            event_id = _uuid_bytes(event["event_id"])
            camera_text, ts = event["camera_id"], event["ts"]
            camera_id = parsed_camera_ids.get(camera_text) or parsed_camera_ids.setdefault(
                camera_text, _uuid_bytes(camera_text)
            )
            is_of_store = event["store_id"] == store_text or _uuid_bytes(event["store_id"]) == store.store_id.bytes
            direction = event["direction"]
            tracker_id = event.get("tracker_id")
            micros = to_micros(datetime.fromisoformat(ts))
            if (
                direction not in DIRECTIONS
                or ts[10] != "T"
                or not (
                    tracker_id is None or (type(tracker_id) is int and -MAX_TRACKER_ID <= tracker_id <= MAX_TRACKER_ID)
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
            not is_of_store
            or camera_text not in archived_at
            or ((archived := archived_at[camera_text]) is not None and micros >= to_micros(archived))
        ):
            batch.reject(index, event, UNKNOWN_CAMERA)
        elif micros > latest:
            batch.reject(index, event, FUTURE_TIMESTAMP)
        elif micros < earliest and not is_importable(
            datetime.fromisoformat(ts), store.import_windows.get(camera_text, ()), now
        ):
            batch.reject(index, event, TOO_OLD)
        else:
            batch.micros.append(micros)
            batch.camera_ids.append(camera_id)
            batch.event_ids.append(event_id)
            batch.directions.append(direction)
            batch.tracker_ids.append(tracker_id)
    return batch


def to_micros(at: datetime) -> int:
    """Return microseconds since 2000-01-01 UTC. Raises TypeError for a naive datetime."""
    since = at - POSTGRES_EPOCH
    return since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds


def _uuid_bytes(text: str) -> bytes:
    """Return the 16 bytes of a UUID in its 36-character form.

    Four hyphens leave 32 characters; 16 bytes require all of them to be hexadecimal.

    Raises:
        ValueError: the text is no such UUID (TypeError or AttributeError for other types).
    """
    if len(text) != 36 or not text[8] == text[13] == text[18] == text[23] == "-":
        raise ValueError(text)
    value = bytes.fromhex(text.replace("-", ""))
    if len(value) != 16:
        raise ValueError(text)
    return value
