"""Stores: make, list, read, change, archive, restore."""

from __future__ import annotations

from fastapi import status

from functions.admin.problems import StoreArchived, StoreNotFound
from functions.admin.repositories import stores as repository
from functions.admin.repositories.rows import Row
from functions.admin.routes.params import IncludeArchived, StoreIdPath
from functions.admin.schemas.stores import Store, StoreChange, StoreCreate, Stores
from functions.common.authentication import SuperadminDep, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers

router = authenticated_router(prefix="/admin/stores", tags=["stores"])


@router.get("", summary="All stores")
def list_stores(admin: SuperadminDep, connection: ConnectionDep, include_archived: IncludeArchived = False) -> Stores:
    """Every store with its number of cameras, owners and waiting invitations, by name."""
    rows = repository.list_stores(connection, admin, include_archived=include_archived)
    return Stores(stores=[_store(row) for row in rows])


@router.post("", summary="Add a store", status_code=status.HTTP_201_CREATED)
def create_store(store: StoreCreate, admin: SuperadminDep, connection: ConnectionDep) -> Store:
    """A store without cameras, keys or owners."""
    store_id = repository.create_store(connection, admin, store.model_dump())
    return _store(repository.get_store(connection, admin, store_id))


@router.get("/{store_id}", summary="A store", responses=answers(StoreNotFound))
def get_store(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Store:
    """Also when it is archived."""
    return _store(repository.get_store(connection, admin, store_id))


@router.patch("/{store_id}", summary="Change a store", responses=answers(StoreNotFound, StoreArchived))
def change_store(store_id: StoreIdPath, change: StoreChange, admin: SuperadminDep, connection: ConnectionDep) -> Store:
    """Only what is given changes."""
    repository.change_store(connection, admin, store_id, change.model_dump(exclude_unset=True))
    return _store(repository.get_store(connection, admin, store_id))


@router.post("/{store_id}/archive", summary="Archive a store", responses=answers(StoreNotFound))
def archive_store(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Store:
    """Out of its owners' sight, and its worker keys are revoked; nothing that was counted is deleted."""
    repository.archive_store(connection, admin, store_id)
    return _store(repository.get_store(connection, admin, store_id))


@router.post("/{store_id}/restore", summary="Restore an archived store", responses=answers(StoreNotFound))
def restore_store(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Store:
    """Back in its owners' sight; its boxes need new keys."""
    repository.restore_store(connection, admin, store_id)
    return _store(repository.get_store(connection, admin, store_id))


def _store(row: Row) -> Store:
    return Store.model_validate({**row, "store_id": row["id"], "day_start": row["day_start"].strftime("%H:%M")})
