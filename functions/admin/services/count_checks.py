"""Count checks: manual counts compared with the stored crossings, and what they say about an entrance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from accuracy.certificate import MARGIN, Part, assess
from accuracy.intervals import CONFIDENCE
from functions.admin.count_evidence import find_counts_from, find_uses
from functions.admin.problems import WindowNotOver
from functions.admin.repositories import count_checks as repository
from functions.admin.repositories import crossings
from functions.admin.repositories.cameras import CameraRow
from functions.admin.repositories.count_checks import CountCheckRow, CrossingCounts
from functions.admin.schemas.count_checks import (
    CountAssessment,
    CountCheck,
    CountCheckCreate,
    CountCheckPartCreate,
    CountChecks,
    CountCheckUse,
    DirectionAssessment,
)
from functions.admin.services.lookups import require_camera
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Superadmin


def list_count_checks(connection: Connection, admin: Superadmin, camera_id: UUID) -> CountChecks:
    """Return the last hundred count checks of a camera, newest first, and what they say. Raises CameraNotFound."""
    camera = require_camera(connection, admin, camera_id)
    rows = repository.list_count_checks(connection, admin, camera_id)
    counts_from = _find_counts_from(connection, admin, camera)
    checks = [_to_response(row, use) for row, use in zip(rows, find_uses(rows, counts_from), strict=True)]
    used = [check for check in checks if check.use is CountCheckUse.USED]
    return CountChecks(count_checks=checks, assessment=_assess(camera, counts_from, used))


def create_count_check(
    connection: Connection, admin: Superadmin, camera_id: UUID, body: CountCheckCreate
) -> CountCheck:
    """Store a manual count beside the crossings stored now for the same window.

    Raises:
        CameraNotFound: there is no camera with this id.
        WindowNotOver: the window ends in the future.
    """
    camera = require_camera(connection, admin, camera_id)
    if body.window_end > datetime.now(UTC):
        raise WindowNotOver
    given = body.parts or [
        CountCheckPartCreate(end=body.window_end, manual_in=body.manual_in, manual_out=body.manual_out)
    ]
    bounds = [body.window_start, *(part.end for part in given)]
    counted = repository.count_crossings(connection, admin, camera.id, bounds)
    values: dict[str, Any] = {
        "window_start": body.window_start,
        "window_end": body.window_end,
        "manual_in": body.manual_in,
        "manual_out": body.manual_out,
        "counted_in": sum(counts.ins for counts in counted),
        "counted_out": sum(counts.outs for counts in counted),
        "note": body.note,
        "complete": camera.delivered_until is not None and camera.delivered_until >= body.window_end,
    }
    if body.parts is not None:
        values["parts"] = [
            {
                "start": start.isoformat(),
                "end": end.isoformat(),
                "manual_in": part.manual_in,
                "manual_out": part.manual_out,
                "counted_in": counts.ins,
                "counted_out": counts.outs,
            }
            for (start, end), part, counts in zip(pairwise(bounds), given, counted, strict=True)
        ]
    row = repository.insert_count_check(connection, admin, camera.store_id, camera.id, values)
    after = {name: value for name, value in asdict(row).items() if name not in {"parts", "counted_by"}}
    audit.record(
        connection,
        admin,
        "count_check.create",
        subject_type="count_check",
        subject_id=row.id,
        store_id=row.store_id,
        after=after,
    )
    [use] = find_uses([row], _find_counts_from(connection, admin, camera))
    return _to_response(row, use)


def accuracy(manual: CrossingCounts, counted: CrossingCounts) -> float | None:
    """Return 1 - |counted - manual| / manual over both directions, at least 0; None if the manual count is 0.

    >>> accuracy(CrossingCounts(60, 40), CrossingCounts(58, 42))
    0.96
    """
    total = manual.ins + manual.outs
    difference = abs(counted.ins - manual.ins) + abs(counted.outs - manual.outs)
    return None if total == 0 else max(0.0, 1 - difference / total)


def _find_counts_from(connection: Connection, admin: Superadmin, camera: CameraRow) -> datetime:
    line_set_at = crossings.get_line_start(connection, admin, camera.id, camera.line_version)
    return find_counts_from(line_set_at, camera.view_accepted_at)


def _assess(camera: CameraRow, counts_from: datetime, used: Sequence[CountCheck]) -> CountAssessment:
    parts = [part for check in used for part in check.parts]
    ins = assess([Part(part.manual_in, part.counted_in) for part in parts])
    outs = assess([Part(part.manual_out, part.counted_out) for part in parts])
    return CountAssessment(
        margin=MARGIN,
        confidence=CONFIDENCE,
        counts_from=counts_from,
        line_version=camera.line_version,
        checks=len(used),
        directions=[
            DirectionAssessment(direction="IN", **asdict(ins)),
            DirectionAssessment(direction="OUT", **asdict(outs)),
        ],
        is_certificate=ins.is_proven and outs.is_proven,
    )


def _to_response(row: CountCheckRow, use: CountCheckUse) -> CountCheck:
    values = asdict(row)
    window = {
        "start": row.window_start,
        "end": row.window_end,
        **{name: values[name] for name in ("manual_in", "manual_out", "counted_in", "counted_out")},
    }
    share = accuracy(CrossingCounts(row.manual_in, row.manual_out), CrossingCounts(row.counted_in, row.counted_out))
    return CountCheck.model_validate(
        {**values, "count_check_id": row.id, "accuracy": share, "use": use, "parts": row.parts or [window]}
    )
