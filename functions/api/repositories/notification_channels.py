"""The notification channels of a person, and what was delivered to them."""

from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from db.timescale.tables import notification_channels, notifications
from functions.common.database import Connection
from functions.common.identity import Caller
from functions.common.notification_types import NotificationType


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A row of `notification_channels`, without its person."""

    id: UUID
    kind: str
    scope: str
    store_id: UUID | None
    url: str | None
    minimum_severity: str
    incident_types: list[str] | None
    quiet_from: time | None
    quiet_until: time | None
    enabled_since: datetime | None
    disabled_reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A row of `notifications`, without its content."""

    id: UUID
    type: str
    created_at: datetime
    next_attempt_at: datetime | None
    attempts: int
    attempted_at: datetime | None
    outcome: str | None
    delivered_at: datetime | None
    failed_at: datetime | None


_COLUMNS = [notification_channels.c[field.name] for field in fields(ChannelRow)]
_DELIVERY_COLUMNS = [notifications.c[field.name] for field in fields(DeliveryRow)]


def list_channels(connection: Connection, caller: Caller) -> list[ChannelRow]:
    """Return the channels of the caller, oldest first."""
    c = notification_channels.c
    statement = select(*_COLUMNS).where(c.user_id == caller.user_id).order_by(c.created_at, c.id)
    return [ChannelRow(**row) for row in connection.execute(statement).mappings()]


def find_channel(connection: Connection, caller: Caller, channel_id: UUID) -> ChannelRow | None:
    """Return a channel of the caller, or None. It is locked until the request ends."""
    statement = select(*_COLUMNS).where(_is_own(caller, channel_id)).with_for_update()
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else ChannelRow(**row)


def insert_channel(connection: Connection, caller: Caller, channel: ChannelRow) -> None:
    """Insert a channel of the caller."""
    values = {field.name: getattr(channel, field.name) for field in fields(ChannelRow)}
    connection.execute(insert(notification_channels).values(user_id=caller.user_id, **values))


def update_channel(connection: Connection, caller: Caller, channel_id: UUID, values: dict[str, Any]) -> None:
    """Set columns of a channel of the caller."""
    connection.execute(update(notification_channels).where(_is_own(caller, channel_id)).values(**values))


def delete_channel(connection: Connection, caller: Caller, channel_id: UUID) -> None:
    """Delete a channel of the caller, with all that was delivered or waits."""
    connection.execute(delete(notification_channels).where(_is_own(caller, channel_id)))


def last_test_at(connection: Connection, caller: Caller, channel_id: UUID) -> datetime | None:
    """Return when a channel of the caller was tested last, or None."""
    c = notifications.c
    statement = (
        select(func.max(c.created_at))
        .join(notification_channels, notification_channels.c.id == c.channel_id)
        .where(_is_own(caller, channel_id), c.type == NotificationType.TEST.value)
    )
    found: datetime | None = connection.scalars(statement).one()
    return found


def insert_test(
    connection: Connection, caller: Caller, channel_id: UUID, delivery: DeliveryRow, content: dict[str, Any]
) -> None:
    """Put a test of a channel of the caller into the outbox."""
    source = select(notification_channels.c.id).where(_is_own(caller, channel_id)).scalar_subquery()
    connection.execute(
        insert(notifications).values(
            id=delivery.id,
            channel_id=source,
            type=delivery.type,
            content=content,
            created_at=delivery.created_at,
            next_attempt_at=delivery.next_attempt_at,
        )
    )


def list_deliveries(connection: Connection, caller: Caller, channel_id: UUID, limit: int) -> list[DeliveryRow]:
    """Return what was or will be delivered to a channel of the caller, newest first."""
    c = notifications.c
    statement = (
        select(*_DELIVERY_COLUMNS)
        .join(notification_channels, notification_channels.c.id == c.channel_id)
        .where(_is_own(caller, channel_id))
        .order_by(c.created_at.desc(), c.id)
        .limit(limit)
    )
    return [DeliveryRow(**row) for row in connection.execute(statement).mappings()]


def _is_own(caller: Caller, channel_id: UUID) -> ColumnElement[bool]:
    c = notification_channels.c
    return and_(c.id == channel_id, c.user_id == caller.user_id)
