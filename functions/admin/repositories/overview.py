"""Repository of what spans all stores: the state of every camera, and the audit log."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from db.timescale.tables import audit_log, cameras, stores
from functions.common.callers import Superadmin
from functions.common.database import Connection

from .rows import Row, all_rows


def list_live_cameras(connection: Connection, _admin: Superadmin) -> list[Row]:
    """Every camera in use with its store; a store without cameras is one row whose `camera_id` is None."""
    statement = (
        select(
            stores.c.id.label("store_id"),
            stores.c.name.label("store_name"),
            stores.c.timezone,
            cameras.c.id.label("camera_id"),
            cameras.c.name,
            cameras.c.origin,
            cameras.c.is_counting_line,
            cameras.c.last_seen_at,
            cameras.c.delivered_until,
            cameras.c.backlog,
            cameras.c.oldest_unsent_s,
            cameras.c.worker_version,
            cameras.c.model,
        )
        .outerjoin(cameras, (cameras.c.store_id == stores.c.id) & cameras.c.archived_at.is_(None))
        .where(stores.c.archived_at.is_(None))
        .order_by(stores.c.name, stores.c.id, cameras.c.created_at, cameras.c.id)
    )
    return all_rows(connection, statement)


def list_audit(
    connection: Connection,
    _admin: Superadmin,
    *,
    before: int | None,
    limit: int,
    store_id: UUID | None,
    actor_id: UUID | None,
    action: str | None,
) -> list[Row]:
    """At most `limit` entries older than the entry `before`, newest first."""
    statement = select(
        audit_log.c.id,
        audit_log.c.at,
        audit_log.c.actor_id,
        audit_log.c.actor_email,
        audit_log.c.action,
        audit_log.c.subject_type,
        audit_log.c.subject_id,
        audit_log.c.store_id,
        audit_log.c.before,
        audit_log.c.after,
    )
    if before is not None:
        statement = statement.where(audit_log.c.id < before)
    if store_id is not None:
        statement = statement.where(audit_log.c.store_id == store_id)
    if actor_id is not None:
        statement = statement.where(audit_log.c.actor_id == actor_id)
    if action is not None:
        statement = statement.where(audit_log.c.action == action)
    return all_rows(connection, statement.order_by(audit_log.c.id.desc()).limit(limit))
