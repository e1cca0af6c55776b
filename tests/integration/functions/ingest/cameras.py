"""Cameras of the ingest tests: what the database knows of them, and what a box sends about them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import cv2
import numpy as np
import psycopg

Connection = psycopg.Connection[Any]
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
"""Instances of edge workers."""


def camera(connection: Connection, camera_id: UUID, *columns: str) -> tuple[Any, ...]:
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM cameras WHERE id = %s",
        [camera_id],
    ).fetchone()
    assert row is not None
    return tuple(row)


def minutes(connection: Connection, camera_id: UUID) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT minute, frames, dropped, fps, reconnects FROM camera_minutes WHERE camera_id = %s ORDER BY minute",
        [camera_id],
    ).fetchall()


def whole_minute(ago: int) -> datetime:
    return (datetime.now(UTC) - timedelta(minutes=ago)).replace(second=0, microsecond=0)


def minute(at: datetime, **changes: Any) -> dict[str, Any]:
    return {"minute": at.isoformat(), "frames": 600, "dropped": 1, "fps": 10.5, "reconnects": 2, **changes}


def jpeg(width: int = 64, height: int = 48) -> bytes:
    ok, data = cv2.imencode(".jpg", np.full((height, width, 3), 127, np.uint8))
    assert ok
    return bytes(data)
