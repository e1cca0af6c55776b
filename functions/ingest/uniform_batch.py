"""A fast check of the batches that edge workers send: valid events of one camera, all written in the same form.

It reads the body into columns and checks whole columns, in a third of the time that `event_batch` needs for event after
event. A batch that is anything else is left to `event_batch`: the two never disagree. Pure: no clock, no database.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from functions.common.limits import EVENT_MAX_AGE, EVENT_MAX_CLOCK_SKEW, MAX_EVENTS_PER_BATCH

from .event_batch import DIRECTIONS, MAX_TRACKER_ID, POSTGRES_EPOCH, CheckedBatch, StoreCameras, to_micros


class _Event(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    event_id: str
    store_id: str
    camera_id: str
    direction: str
    ts: str
    tracker_id: Any


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    events: list[_Event]


_QUOTES_PER_EVENT = 2 * (6 + 5)  # six keys and five texts
_QUOTES_OF_BODY = 2
_DECODER = msgspec.json.Decoder(_Body)


def check_uniform_batch(content: bytes, store: StoreCameras, now: datetime) -> CheckedBatch | None:
    """Return the events of a body, or None unless all are valid, of one camera, not imported and uniformly written.

    Args:
        content: the body.
        store: the store of the key, with its cameras.
        now: current time, aware.
    """
    try:
        events = _DECODER.decode(content).events
        # The decoder keeps the last of two duplicate keys. They show in the quotation marks: without escapes, each key
        # and each text has exactly two.
        if content.count(b'"') != _QUOTES_OF_BODY + _QUOTES_PER_EVENT * len(events) or b"\\" in content:
            return None
        return _check_columns(events, store, now)
    except (msgspec.MsgspecError, ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        return None


def _check_columns(events: list[_Event], store: StoreCameras, now: datetime) -> CheckedBatch | None:
    """Return the events as columns, or None. May raise what the conversions raise."""
    [camera_text] = {event.camera_id for event in events}
    [store_text] = {event.store_id for event in events}
    tracker_ids = [event.tracker_id for event in events]
    directions = [event.direction for event in events]
    times = [event.ts for event in events]
    micros = _to_micros([datetime.fromisoformat(ts) for ts in times])
    event_ids = _to_uuid_bytes([event.event_id for event in events])
    first, last = min(micros), max(micros)
    archived_at = store.archived_at[camera_text]
    is_valid = (
        len(events) <= MAX_EVENTS_PER_BATCH
        and store_text == str(store.store_id)
        and DIRECTIONS.issuperset(directions)
        and {ts[10] for ts in times} == {"T"}
        and set(map(type, tracker_ids)) == {int}
        and min(tracker_ids) >= -MAX_TRACKER_ID
        and max(tracker_ids) <= MAX_TRACKER_ID
        and to_micros(now - EVENT_MAX_AGE) <= first
        and last <= to_micros(now + EVENT_MAX_CLOCK_SKEW)
        and (archived_at is None or last < to_micros(archived_at))
    )
    camera_ids = [UUID(camera_text).bytes] * len(events)
    return CheckedBatch(micros, camera_ids, event_ids, directions, tracker_ids) if is_valid else None


def _to_micros(moments: list[datetime]) -> list[int]:
    """Return `event_batch.to_micros` of each moment, without a call for each."""
    since = [moment - POSTGRES_EPOCH for moment in moments]
    return [each.days * 86_400_000_000 + each.seconds * 1_000_000 + each.microseconds for each in since]


def _to_uuid_bytes(texts: list[str]) -> list[bytes]:
    """Return the 16 bytes of each UUID in its 36-character form. Raises ValueError for other texts."""
    joined, hyphens = "".join(texts), "-" * len(texts)
    value = bytes.fromhex(joined.replace("-", ""))
    if (
        set(map(len, texts)) != {36}
        or not joined[8::36] == joined[13::36] == joined[18::36] == joined[23::36] == hyphens
        or len(value) != 16 * len(texts)
    ):
        raise ValueError(texts)
    return [value[start : start + 16] for start in range(0, len(value), 16)]
