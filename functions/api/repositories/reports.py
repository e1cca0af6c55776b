"""The subscriptions to reports, and the reports in the outbox."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from db.timescale.tables import incidents, notifications, report_subscriptions, store_members, stores
from functions.api.kpi.window import Window
from functions.common import bearer_token
from functions.common.database import Connection
from functions.common.identity import Caller
from functions.common.incident_records import IncidentRow, select_incidents, to_rows
from functions.common.incidents import CAMERA_TYPES
from functions.common.notification_types import NotificationType
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A row of `report_subscriptions`, without its person and the hash of its token."""

    id: UUID
    store_id: UUID
    period: str
    reported_until: date
    created_at: datetime


_COLUMNS = [report_subscriptions.c[field.name] for field in fields(SubscriptionRow)]


def list_subscriptions(connection: Connection, caller: Caller) -> list[SubscriptionRow]:
    """Return the subscriptions of the caller, oldest first."""
    c = report_subscriptions.c
    statement = select(*_COLUMNS).where(c.user_id == caller.user_id).order_by(c.created_at, c.id)
    return [SubscriptionRow(**row) for row in connection.execute(statement).mappings()]


def insert_subscription(connection: Connection, caller: Caller, row: SubscriptionRow, token: str) -> bool:
    """Insert a subscription of the caller, and return False when there is the same already."""
    values = {field.name: getattr(row, field.name) for field in fields(SubscriptionRow)}
    statement = insert_or_skip(report_subscriptions).values(
        user_id=caller.user_id, unsubscribe_sha256=bearer_token.digest(token), **values
    )
    inserted = statement.on_conflict_do_nothing().returning(report_subscriptions.c.id)
    return connection.execute(inserted).one_or_none() is not None


def delete_subscription(connection: Connection, caller: Caller, subscription_id: UUID) -> SubscriptionRow | None:
    """Delete a subscription of the caller with its reports, and return it; None when the caller has no such one."""
    c = report_subscriptions.c
    statement = (
        delete(report_subscriptions).where(c.id == subscription_id, c.user_id == caller.user_id).returning(*_COLUMNS)
    )
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else SubscriptionRow(**row)


def list_subscriptions_of_store(connection: Connection, store: ReadableStore) -> list[SubscriptionRow]:
    """Return the subscriptions of the owners of a store."""
    c = report_subscriptions.c
    statement = (
        select(*_COLUMNS)
        .join(store_members, (store_members.c.store_id == c.store_id) & (store_members.c.user_id == c.user_id))
        .join(stores, stores.c.id == c.store_id)
        .where(c.store_id == store.id, stores.c.archived_at.is_(None))
    )
    return [SubscriptionRow(**row) for row in connection.execute(statement).mappings()]


def insert_report(
    connection: Connection,
    store: ReadableStore,
    *,
    notification_id: UUID,
    subscription_id: UUID,
    last_day: date,
    content: dict[str, Any],
    now: datetime,
) -> bool:
    """Put a report into the outbox, and return False when one of the same days, or of later ones, was there before."""
    c = report_subscriptions.c
    statement = (
        update(report_subscriptions)
        .where(c.id == subscription_id, c.store_id == store.id, c.reported_until < last_day)
        .values(reported_until=last_day)
    )
    if connection.execute(statement).rowcount == 0:
        return False
    connection.execute(
        insert(notifications).values(
            id=notification_id,
            subscription_id=subscription_id,
            type=NotificationType.REPORT.value,
            content=content,
            created_at=now,
            next_attempt_at=now,
        )
    )
    return True


def list_incidents_within(connection: Connection, store: ReadableStore, window: Window) -> list[IncidentRow]:
    """Return the incidents of the cameras of a store that were open in a window, newest first."""
    c = incidents.c
    statement = select_incidents().where(
        c.store_id == store.id,
        c.type.in_(CAMERA_TYPES),
        c.opened_at < window.end,
        or_(c.ended_at.is_(None), c.ended_at > window.start),
    )
    return to_rows(connection, statement)
