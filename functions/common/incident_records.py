"""Incidents as the owner API and the admin API read and change them.

A repository limits each statement to what its caller may see: the stores of an owner, or everything for a superadmin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import ColumnElement, Select, select, tuple_, update

from db.timescale.tables import cameras, incidents, stores

from . import audit
from .database import Connection
from .field_errors import FieldErrorType, refused
from .identity import Caller
from .incidents import IncidentType
from .problems import Invalid, NotFound, field_error

MAX_MUTED = timedelta(days=90)
"""An incident is muted for this long at most: a mute that nobody remembers hides a fault."""


class IncidentNotFound(NotFound):
    """There is no incident with this id, or it is not of the caller's store: the same response for both."""

    type = "incident_not_found"
    default_detail = "Incident not found."


class IncidentUpdate(BaseModel):
    """What a person does with an incident. A member that is missing stays as it is."""

    model_config = ConfigDict(extra="forbid")

    acknowledged: bool | None = Field(None, description="True: somebody takes care of it.")
    muted_until: AwareDatetime | None = Field(
        None, description=f"No notifications before, at most {MAX_MUTED.days} days ahead. Null: notify again."
    )
    closed: Literal[True] | None = Field(
        None, description="Close the incident. The same fault opens the next one only after it was gone."
    )

    @model_validator(mode="after")
    def _check_content(self) -> Self:
        if not self.model_fields_set:
            raise refused(FieldErrorType.NOTHING_GIVEN, "needs `acknowledged`, `muted_until` or `closed`")
        return self


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with the names of its store and its camera."""

    id: UUID
    type: IncidentType
    store_id: UUID | None
    store_name: str | None
    camera_id: UUID | None
    camera_name: str | None
    detail: str
    remedy: str
    started_at: datetime
    opened_at: datetime
    ended_at: datetime | None
    closed_at: datetime | None
    closed_by: UUID | None
    acknowledged_at: datetime | None
    acknowledged_by: UUID | None
    muted_until: datetime | None
    facts: Mapping[str, float]


_NAMES = {"store_name": stores.c.name.label("store_name"), "camera_name": cameras.c.name.label("camera_name")}
_COLUMNS = [_NAMES[field.name] if field.name in _NAMES else incidents.c[field.name] for field in fields(IncidentRow)]


def select_incidents() -> Select[Any]:
    """Return the query of the incidents, newest first, without faults that have not lasted long enough to be one."""
    return (
        select(*_COLUMNS)
        .select_from(incidents)
        .outerjoin(stores, stores.c.id == incidents.c.store_id)
        .outerjoin(cameras, cameras.c.id == incidents.c.camera_id)
        .where(incidents.c.opened_at.is_not(None))
        .order_by(incidents.c.opened_at.desc(), incidents.c.id.desc())
    )


def only_page(statement: Select[Any], *, is_open: bool, before: IncidentRow | None, limit: int) -> Select[Any]:
    """Limit the query of incidents to a page.

    Args:
        statement: the query.
        is_open: leave out closed incidents.
        before: only incidents older than this one.
        limit: how many at most.
    """
    c = incidents.c
    if is_open:
        statement = statement.where(c.closed_at.is_(None))
    if before is not None:
        statement = statement.where(tuple_(c.opened_at, c.id) < tuple_(before.opened_at, before.id))
    return statement.limit(limit)


def to_rows(connection: Connection, statement: Select[Any]) -> list[IncidentRow]:
    """Return the rows of a query of incidents."""
    return [
        IncidentRow(**{**row, "type": IncidentType(row["type"])}) for row in connection.execute(statement).mappings()
    ]


def change_incident(
    connection: Connection, incident_id: UUID, condition: ColumnElement[bool], values: dict[str, Any]
) -> None:
    """Set columns of an incident that meets a condition."""
    connection.execute(update(incidents).where(incidents.c.id == incident_id, condition).values(**values))


def record_update(connection: Connection, caller: Caller, before: IncidentRow, after: IncidentRow) -> None:
    """Record in the audit log what a person did with an incident; nothing if it is as it was."""
    if after != before:
        audit.record(
            connection,
            caller,
            "incident.update",
            subject_type="incident",
            subject_id=after.id,
            store_id=after.store_id,
            before=asdict(before),
            after=asdict(after),
        )


def values_of_update(body: IncidentUpdate, row: IncidentRow, caller: Caller, now: datetime) -> dict[str, Any]:
    """Return the columns that a person changes.

    Raises:
        Invalid: `muted_until` is in the past or too far ahead.
    """
    values: dict[str, Any] = {}
    if body.acknowledged is not None and body.acknowledged != (row.acknowledged_at is not None):
        values["acknowledged_at"] = now if body.acknowledged else None
        values["acknowledged_by"] = caller.user_id if body.acknowledged else None
    if "muted_until" in body.model_fields_set:
        if body.muted_until is not None and not now < body.muted_until <= now + MAX_MUTED:
            message = f"Must be in the future, at most {MAX_MUTED.days} days ahead."
            params = {"max_days": MAX_MUTED.days}
            error = field_error(["body", "muted_until"], FieldErrorType.MUTE_OUT_OF_RANGE, message, params)
            raise Invalid([error])
        values["muted_until"] = body.muted_until
    if body.closed and row.closed_at is None:
        values["closed_at"], values["closed_by"] = now, caller.user_id
    return values
