"""Repository of the notifications Lambda. It serves no caller, so its functions take none.

What a person may know is decided anew at each step: memberships and superadmins are read when a change is collected,
when a message is composed, and before each attempt to deliver it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from db.timescale.tables import (
    cameras,
    incidents,
    notification_channels,
    notification_incidents,
    notifications,
    report_subscriptions,
    store_members,
    stores,
    superadmins,
    users,
)
from functions.common.database import Connection
from functions.common.incidents import CAMERA_TYPES, CRITICAL_TYPES, IncidentType, Severity
from functions.common.notification_types import ChannelKind, ChannelScope, NotificationType
from functions.notifications.batching import Change, QuietHours

_CHANNEL, _INCIDENT, _TOLD = notification_channels.c, incidents.c, notification_incidents.c

# Runs of the job that compose messages wait for each other until the end of the transaction; readers do not.
_LOCK = text("LOCK TABLE notification_incidents IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification that this run delivers.

    Attributes:
        id: the delivery id.
        channel_id: its channel; None for a report.
        subscription_id: the subscription of a report.
        kind: how it is delivered.
        url: the URL of a webhook.
        email: the address of the account; None when it has none.
        content: what is delivered.
        created_at: when it was composed.
        attempts: how many there were, with this one.
    """

    id: UUID
    channel_id: UUID | None
    subscription_id: UUID | None
    kind: ChannelKind
    url: str | None
    email: str | None
    content: dict[str, Any]
    created_at: datetime
    attempts: int


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
        _may_know(),
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
        _may_know(),
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
        .where(_TOLD.told_at.is_(None), _CHANNEL.enabled_since.is_not(None), _may_know(), ~_is_muted(now))
    )
    return [_to_change(dict(row)) for row in connection.execute(statement).mappings()]


def _to_change(row: dict[str, Any]) -> Change:
    start, end = row.pop("quiet_from"), row.pop("quiet_until")
    quiet_hours = None if start is None else QuietHours(start, end)
    return Change(**{**row, "type": IncidentType(row["type"]), "quiet_hours": quiet_hours})


def insert_notification(
    connection: Connection,
    *,
    notification_id: UUID,
    channel_id: UUID,
    content: dict[str, Any],
    changes: Iterable[Change],
    now: datetime,
) -> None:
    """Put a message about changes of incidents into the outbox, and note that they are told."""
    connection.execute(
        insert(notifications).values(
            id=notification_id,
            channel_id=channel_id,
            type=content["type"],
            content=content,
            created_at=now,
            next_attempt_at=now,
        )
    )
    told = or_(*(and_(_TOLD.incident_id == change.incident_id, _TOLD.event == change.event) for change in changes))
    connection.execute(
        update(notification_incidents)
        .where(_TOLD.channel_id == channel_id, told)
        .values(notification_id=notification_id, told_at=now)
    )


def cancel_deliveries(connection: Connection, now: datetime) -> int:
    """Fail what waits in the outbox for a disabled channel, or for a person who may not know it any more."""
    c = notifications.c
    secret = (
        select(_TOLD.incident_id)
        .join(incidents, _INCIDENT.id == _TOLD.incident_id)
        .where(_TOLD.notification_id == c.id, _CHANNEL.id == _TOLD.channel_id, ~_may_know())
    )
    cancelled = (
        update(notifications)
        .where(
            c.next_attempt_at <= now,
            c.channel_id == _CHANNEL.id,
            c.type == NotificationType.INCIDENTS_CHANGED.value,
            or_(_CHANNEL.enabled_since.is_(None), secret.exists()),
        )
        .values(
            next_attempt_at=None,
            failed_at=now,
            outcome=case(
                (_CHANNEL.enabled_since.is_(None), "The channel was disabled."),
                else_="The person may not read all of its stores any more.",
            ),
        )
    )
    of_report = report_subscriptions.c
    is_member = (
        select(store_members.c.user_id)
        .join(stores, stores.c.id == store_members.c.store_id)
        .where(
            store_members.c.store_id == of_report.store_id,
            store_members.c.user_id == of_report.user_id,
            stores.c.archived_at.is_(None),
        )
        .correlate(report_subscriptions)
    )
    reports = (
        update(notifications)
        .where(c.next_attempt_at <= now, c.subscription_id == of_report.id, ~is_member.exists())
        .values(next_attempt_at=None, failed_at=now, outcome="The person may not read the store any more.")
    )
    return connection.execute(cancelled).rowcount + connection.execute(reports).rowcount


def claim_deliveries(connection: Connection, now: datetime, *, lease: timedelta, limit: int) -> list[Delivery]:
    """Return due notifications that no other run delivers, oldest first, and begin an attempt of each.

    They are due again after the lease: a run that is killed does not record an outcome.
    """
    c = notifications.c
    due = (
        select(c.id)
        .where(c.next_attempt_at <= now)
        .order_by(c.next_attempt_at, c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")  # evaluated once, unlike a subquery
    )
    recipients = (
        select(
            c.id.label("notification_id"),
            func.coalesce(_CHANNEL.kind, ChannelKind.MAIL.value).label("kind"),
            _CHANNEL.url,
            func.nullif(users.c.email, "").label("email"),
        )
        .select_from(notifications)
        .join(due, due.c.id == c.id)
        .outerjoin(notification_channels, _CHANNEL.id == c.channel_id)
        .outerjoin(report_subscriptions, report_subscriptions.c.id == c.subscription_id)
        .join(users, users.c.id == func.coalesce(_CHANNEL.user_id, report_subscriptions.c.user_id))
        .cte("recipients")
    )
    claimed = (
        update(notifications)
        .where(c.id == recipients.c.notification_id)
        .values(attempts=c.attempts + 1, attempted_at=now, next_attempt_at=now + lease)
        .returning(
            c.id,
            c.channel_id,
            c.subscription_id,
            recipients.c.kind,
            recipients.c.url,
            recipients.c.email,
            c.content,
            c.created_at,
            c.attempts,
        )
    )
    rows = connection.execute(claimed).mappings()
    return sorted(
        (Delivery(**{**row, "kind": ChannelKind(row["kind"])}) for row in rows),
        key=lambda delivery: (delivery.created_at, delivery.id),
    )


def record_outcome(
    connection: Connection,
    delivery: Delivery,
    now: datetime,
    *,
    outcome: str,
    next_attempt_at: datetime | None,
    is_delivered: bool,
) -> None:
    """Store the outcome of an attempt, unless a later attempt has begun."""
    c = notifications.c
    is_final = next_attempt_at is None
    connection.execute(
        update(notifications)
        .where(c.id == delivery.id, c.attempts == delivery.attempts, c.next_attempt_at.is_not(None))
        .values(
            outcome=outcome,
            next_attempt_at=next_attempt_at,
            delivered_at=now if is_final and is_delivered else None,
            failed_at=now if is_final and not is_delivered else None,
        )
    )


def disable_channel(connection: Connection, channel_id: UUID, reason: str) -> None:
    """Disable a channel whose receiver wants nothing any more."""
    connection.execute(
        update(notification_channels)
        .where(_CHANNEL.id == channel_id)
        .values(enabled_since=None, disabled_reason=reason)
    )


def delete_old_notifications(connection: Connection, created_before: datetime) -> int:
    """Delete notifications with a final outcome that were composed before, and return their number."""
    c = notifications.c
    statement = delete(notifications).where(c.created_at < created_before, c.next_attempt_at.is_(None))
    return connection.execute(statement).rowcount


def _is_wanted() -> ColumnElement[bool]:
    """The channel wants the incidents of the type and of its severity."""
    critical: Sequence[str] = sorted(CRITICAL_TYPES)
    return and_(
        or_(_CHANNEL.minimum_severity == Severity.WARNING.value, _INCIDENT.type.in_(critical)),
        or_(_CHANNEL.incident_types.is_(None), _INCIDENT.type == func.any(_CHANNEL.incident_types)),
    )


def _may_know() -> ColumnElement[bool]:
    """The person of the channel may read the incident, and the channel is about its store."""
    is_member = (
        select(store_members.c.user_id)
        .join(stores, stores.c.id == store_members.c.store_id)
        .where(
            store_members.c.store_id == _INCIDENT.store_id,
            store_members.c.user_id == _CHANNEL.user_id,
            stores.c.archived_at.is_(None),
        )
        .correlate(incidents, notification_channels)
    )
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
