"""Which changes of incidents each channel is to be told. It serves no caller, so its functions take none.

What a person may know is decided anew at each step: memberships and superadmins are read when a change is collected,
when a message is composed, and before each attempt to deliver it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from db.timescale.tables import (
    cameras,
    incidents,
    notification_channels,
    notification_incidents,
    store_members,
    stores,
    superadmins,
)
from functions.common.database import Connection
from functions.common.incidents import CAMERA_TYPES, CRITICAL_TYPES, IncidentType, Severity
from functions.common.notification_types import ChannelScope
from functions.notifications.batching import Change, QuietHours

_CHANNEL, _INCIDENT, _TOLD = notification_channels.c, incidents.c, notification_incidents.c

# Runs of the job that compose messages wait for each other until the end of the transaction; readers do not.
_LOCK = text("LOCK TABLE notification_incidents IN SHARE ROW EXCLUSIVE MODE")


def lock_changes(connection: Connection) -> None:
    """Make other runs of the job wait until the end of the transaction."""
    connection.execute(_LOCK)


def collect_changes(connection: Connection, now: datetime) -> None:
    """Store what is to be told to each channel and is not stored yet.

    What was stored before is the only cursor: an incident that was committed late, or while this job did not run, is
    found by a later run. Incidents that are muted, acknowledged or closed by a person are not told; a mute may end.
    """
    opened = select(_CHANNEL.id, _INCIDENT.id, literal("opened"), literal(now, _TOLD.found_at.type)).where(
        _INCIDENT.opened_at >= _CHANNEL.enabled_since,
        _INCIDENT.acknowledged_at.is_(None),
        _INCIDENT.closed_by.is_(None),
        _is_wanted(),
        may_know(),
        ~_is_muted(now),
    )
    _insert_changes(connection, opened)
    was_opened = select(_TOLD.incident_id).where(
        _TOLD.channel_id == _CHANNEL.id, _TOLD.incident_id == _INCIDENT.id, _TOLD.event == "opened"
    )
    closed = select(_CHANNEL.id, _INCIDENT.id, literal("closed"), literal(now, _TOLD.found_at.type)).where(
        _CHANNEL.enabled_since.is_not(None),
        _INCIDENT.closed_at.is_not(None),
        or_(_INCIDENT.closed_by.is_(None), _INCIDENT.closed_by != _CHANNEL.user_id),
        was_opened.exists(),
        may_know(),
        ~_is_muted(now),
    )
    _insert_changes(connection, closed)


def _insert_changes(connection: Connection, found: Any) -> None:
    statement = insert_or_skip(notification_incidents).from_select(
        ["channel_id", "incident_id", "event", "found_at"], found
    )
    connection.execute(statement.on_conflict_do_nothing())


def forget_handled_changes(connection: Connection) -> None:
    """Delete what waits about incidents that a person has acknowledged or closed before they were told."""
    handled = select(_INCIDENT.id).where(
        _INCIDENT.id == _TOLD.incident_id,
        or_(_INCIDENT.acknowledged_at.is_not(None), _INCIDENT.closed_by.is_not(None)),
    )
    connection.execute(
        delete(notification_incidents).where(_TOLD.told_at.is_(None), _TOLD.event == "opened", handled.exists())
    )
    other = notification_incidents.alias("opened")
    opened = select(other.c.incident_id).where(
        other.c.channel_id == _TOLD.channel_id, other.c.incident_id == _TOLD.incident_id, other.c.event == "opened"
    )
    connection.execute(
        delete(notification_incidents).where(_TOLD.told_at.is_(None), _TOLD.event == "closed", ~opened.exists())
    )


def list_waiting_changes(connection: Connection, now: datetime) -> list[Change]:
    """Return what waits to be told, of enabled channels whose person may know it, without muted incidents."""
    statement = (
        select(
            _TOLD.channel_id,
            _CHANNEL.quiet_from,
            _CHANNEL.quiet_until,
            _TOLD.event,
            _TOLD.found_at,
            _TOLD.incident_id,
            _INCIDENT.type,
            _INCIDENT.store_id,
            stores.c.name.label("store_name"),
            stores.c.timezone,
            _INCIDENT.camera_id,
            cameras.c.name.label("camera_name"),
            _INCIDENT.detail,
            _INCIDENT.remedy,
            _INCIDENT.started_at,
            _INCIDENT.opened_at,
            _INCIDENT.closed_at,
        )
        .select_from(notification_incidents)
        .join(notification_channels, _CHANNEL.id == _TOLD.channel_id)
        .join(incidents, _INCIDENT.id == _TOLD.incident_id)
        .outerjoin(stores, stores.c.id == _INCIDENT.store_id)
        .outerjoin(cameras, cameras.c.id == _INCIDENT.camera_id)
        .where(_TOLD.told_at.is_(None), _CHANNEL.enabled_since.is_not(None), may_know(), ~_is_muted(now))
    )
    return [_to_change(dict(row)) for row in connection.execute(statement).mappings()]


def _to_change(row: dict[str, Any]) -> Change:
    start, end = row.pop("quiet_from"), row.pop("quiet_until")
    quiet_hours = None if start is None else QuietHours(start, end)
    return Change(**{**row, "type": IncidentType(row["type"]), "quiet_hours": quiet_hours})


def _is_wanted() -> ColumnElement[bool]:
    """The channel wants the incidents of the type and of its severity."""
    critical: Sequence[str] = sorted(CRITICAL_TYPES)
    return and_(
        or_(_CHANNEL.minimum_severity == Severity.WARNING.value, _INCIDENT.type.in_(critical)),
        or_(_CHANNEL.incident_types.is_(None), _INCIDENT.type == func.any(_CHANNEL.incident_types)),
    )


def membership(store_id: ColumnElement[Any], user_id: ColumnElement[Any]) -> Select[tuple[Any]]:
    """Return the query of the membership by which a person may read a store that is not archived."""
    return (
        select(store_members.c.user_id)
        .join(stores, stores.c.id == store_members.c.store_id)
        .where(
            store_members.c.store_id == store_id,
            store_members.c.user_id == user_id,
            stores.c.archived_at.is_(None),
        )
    )


def may_know() -> ColumnElement[bool]:
    """Return the condition that the person of the channel may read the incident, and the channel is about its store."""
    is_member = membership(_INCIDENT.store_id, _CHANNEL.user_id).correlate(incidents, notification_channels)
    is_superadmin = (
        select(superadmins.c.user_id)
        .where(superadmins.c.user_id == _CHANNEL.user_id, superadmins.c.removed_at.is_(None))
        .correlate(notification_channels)
    )
    is_of_store = or_(_CHANNEL.scope == ChannelScope.OWN_STORES.value, _CHANNEL.store_id == _INCIDENT.store_id)
    return or_(
        and_(_CHANNEL.scope == ChannelScope.INSTALLATION.value, is_superadmin.exists()),
        and_(is_of_store, _INCIDENT.type.in_(sorted(CAMERA_TYPES)), is_member.exists()),
    )


def _is_muted(now: datetime) -> ColumnElement[bool]:
    return func.coalesce(_INCIDENT.muted_until > now, False)
