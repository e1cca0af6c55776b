"""The state of every camera, and the audit log."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import Query

from functions.admin.repositories import overview as repository
from functions.admin.repositories.rows import Row
from functions.admin.schemas.overview import (
    AuditEntry,
    AuditPage,
    Health,
    HealthCamera,
    HealthStore,
    HealthSummary,
)
from functions.common.authentication import SuperadminDep, authenticated_router
from functions.common.camera_status import camera_status
from functions.common.database import ConnectionDep

router = authenticated_router(prefix="/admin", tags=["overview"])

Before = Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Entries older than this one: `next_before`.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many entries a page has.")]
StoreFilter = Annotated[UUID | None, Query(description="Only what concerns this store.")]
ActorFilter = Annotated[UUID | None, Query(description="Only what this person did.")]
ActionFilter = Annotated[
    str | None, Query(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=64, description="Only this action, like store.create.")
]


@router.get("/health", summary="Every camera of every store")
def get_health(admin: SuperadminDep, connection: ConnectionDep) -> Health:
    """Online is a camera that was heard of within the last three minutes."""
    now = datetime.now(UTC)
    rows = repository.list_live_cameras(connection, admin)
    stores = [_store(list(of_store), now) for _, of_store in groupby(rows, key=lambda row: row["store_id"])]
    statuses = Counter(camera.status.value for store in stores for camera in store.cameras)
    summary = HealthSummary(online=statuses["online"], offline=statuses["offline"], never_seen=statuses["never_seen"])
    return Health(checked_at=now, summary=summary, stores=stores)


@router.get("/audit", summary="The audit log")
def get_audit(
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    before: Before = None,
    limit: Limit = 50,
    store_id: StoreFilter = None,
    actor_id: ActorFilter = None,
    action: ActionFilter = None,
) -> AuditPage:
    """Newest first. Every action of a superadmin is here, with what it changed."""
    rows = repository.list_audit(
        connection, admin, before=before, limit=limit + 1, store_id=store_id, actor_id=actor_id, action=action
    )
    entries = [_entry(row) for row in rows[:limit]]
    return AuditPage(entries=entries, next_before=entries[-1].entry_id if len(rows) > limit else None)


def _store(rows: list[Row], now: datetime) -> HealthStore:
    cameras = [
        HealthCamera.model_validate({**row, "status": camera_status(row["last_seen_at"], now)})
        for row in rows
        if row["camera_id"] is not None
    ]
    first = rows[0]
    return HealthStore(
        store_id=first["store_id"], name=first["store_name"], timezone=first["timezone"], cameras=cameras
    )


def _entry(row: Row) -> AuditEntry:
    return AuditEntry.model_validate({**row, "entry_id": row["id"]})
