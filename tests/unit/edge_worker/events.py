"""Crossings for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from edge_worker.clock import format_utc
from edge_worker.crossing import Direction
from edge_worker.outbox.records import Event

CAMERA = "11111111-1111-4111-8111-111111111111"
STORE = "22222222-2222-4222-8222-222222222222"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def event(
    seconds: float = 0.0,
    direction: Direction = Direction.IN,
    *,
    store_id: str | None = STORE,
    camera_id: str = CAMERA,
    start: datetime = NOON,
) -> Event:
    """A crossing ``seconds`` after ``start``."""
    return Event(str(uuid4()), format_utc(start + timedelta(seconds=seconds)), camera_id, store_id, direction, 7)


def events(count: int, **kwargs: object) -> list[Event]:
    return [event(float(second), **kwargs) for second in range(count)]  # type: ignore[arg-type]
