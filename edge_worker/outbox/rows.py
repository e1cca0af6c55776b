"""Between records and rows of the outbox's tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edge_worker.crossing import Direction
from edge_worker.outbox.records import Event, Minute

EVENT_COLUMNS = "event_id, ts, camera_id, store_id, direction, tracker_id"
MINUTE_COLUMNS = "camera_id, minute, frames, dropped, fps, reconnects"
INSERT_EVENT = "insert or ignore into events values (?, ?, ?, ?, ?, ?)"
BURY_EVENT = f"insert or ignore into dead_letters select {EVENT_COLUMNS}, ?, ? from events where event_id = ?"  # noqa: S608
TOTALS = "select total_in, total_out from cameras where camera_id = ?"
ADD_TOTALS = """
insert into cameras (camera_id, total_in, total_out) values (?, ?, ?)
on conflict (camera_id) do update set
  total_in = total_in + excluded.total_in, total_out = total_out + excluded.total_out
"""
ADD_MINUTE = """
insert into minutes values (?, ?, ?, ?, ?, ?)
on conflict (camera_id, minute) do update set
  fps = max(fps, excluded.fps), frames = frames + excluded.frames,
  dropped = dropped + excluded.dropped, reconnects = reconnects + excluded.reconnects
"""


def event(row: Sequence[Any]) -> Event:
    """An event from its `EVENT_COLUMNS`."""
    event_id, ts, camera_id, store_id, direction, tracker_id = row
    return Event(event_id, ts, camera_id, store_id, Direction(direction), tracker_id)


def of_event(one: Event) -> tuple[str, str, str, str | None, str, int]:
    return (one.event_id, one.ts, one.camera_id, one.store_id, one.direction.value, one.tracker_id)


def of_minute(one: Minute) -> tuple[str, str, int, int, float, int]:
    return (one.camera_id, one.minute, one.frames, one.dropped, one.fps, one.reconnects)
