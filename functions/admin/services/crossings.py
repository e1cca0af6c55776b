"""The crossings of a camera as they arrive: for a walk through the entrance, and for a live test."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from functions.admin.count_evidence import LINE_IN_USE_WITHIN
from functions.admin.repositories import crossings as repository
from functions.admin.repositories.crossings import CrossingRow
from functions.admin.schemas.crossings import Crossing, Crossings
from functions.admin.services.lookups import require_camera
from functions.common.database import Connection
from functions.common.identity import Superadmin

SHOWN_FOR = timedelta(hours=1)
"""Older crossings are not in the feed, also when they arrive now after an outage."""
MAX_CROSSINGS = 100
"""Crossings of one response. Of more, the first ones are left out."""
COMMITTED_WITHIN = timedelta(seconds=10)
"""A batch is visible at most this long after its `received_at`: its transaction has to commit first."""


def list_crossings(connection: Connection, admin: Superadmin, camera_id: UUID, *, after: datetime | None) -> Crossings:
    """Return the crossings of the last hour that were stored after a time, stored last first. Raises CameraNotFound.

    Crossings of the last seconds before `next_after` are repeated by the next response, so that none is missed.
    """
    camera = require_camera(connection, admin, camera_id)
    now = repository.get_clock(connection, admin)
    rows = repository.list_crossings(
        connection, admin, camera_id, since=now - SHOWN_FOR, stored_after=after, limit=MAX_CROSSINGS + 1
    )
    line_used_from = LINE_IN_USE_WITHIN + repository.get_line_start(connection, admin, camera_id, camera.line_version)
    return Crossings(
        crossings=[_to_response(row) for row in rows[:MAX_CROSSINGS]],
        left_out=len(rows) > MAX_CROSSINGS,
        next_after=now - COMMITTED_WITHIN,
        line_used_from=line_used_from,
        last_crossing_at=repository.get_last_crossing(connection, admin, camera_id, line_used_from),
    )


def _to_response(row: CrossingRow) -> Crossing:
    delay = (row.received_at - row.ts).total_seconds()
    return Crossing.model_validate({**asdict(row), "delay_s": delay})
