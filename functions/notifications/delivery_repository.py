"""The outbox: messages that wait, their attempts and outcomes. It serves no caller, so its functions take none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, delete, func, insert, or_, select, update

from db.timescale.tables import (
    incidents,
    notification_channels,
    notification_incidents,
    notifications,
    report_subscriptions,
    users,
)
from functions.common.database import Connection
from functions.common.notification_types import ChannelKind, NotificationType
from functions.notifications.batching import Change
from functions.notifications.change_repository import may_know, membership

_CHANNEL, _INCIDENT, _TOLD = notification_channels.c, incidents.c, notification_incidents.c


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
        .where(_TOLD.notification_id == c.id, _CHANNEL.id == _TOLD.channel_id, ~may_know())
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
    is_member = membership(of_report.store_id, of_report.user_id).correlate(report_subscriptions)
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
