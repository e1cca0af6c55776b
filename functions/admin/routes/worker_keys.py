"""The keys of a store's edge boxes. Two may live at once, so that boxes can be moved from one to the next."""

from __future__ import annotations

from fastapi import status

from functions.admin.problems import StoreArchived, StoreNotFound, TooManyKeys, WorkerKeyNotFound
from functions.admin.repositories import stores
from functions.admin.repositories import worker_keys as repository
from functions.admin.repositories.rows import Row
from functions.admin.routes.params import StoreIdPath, WorkerKeyIdPath
from functions.admin.schemas.access import WorkerKey, WorkerKeyCreate, WorkerKeyCreated, WorkerKeys
from functions.common.authentication import SuperadminDep, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers

router = authenticated_router(prefix="/admin/stores/{store_id}/worker-keys", tags=["worker keys"])


@router.get("", summary="The worker keys of a store", responses=answers(StoreNotFound))
def list_worker_keys(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> WorkerKeys:
    """Revoked ones too, oldest first; of each only the last four characters."""
    stores.get_store(connection, admin, store_id)
    rows = repository.list_keys(connection, admin, store_id)
    return WorkerKeys(worker_keys=[WorkerKey.model_validate(_named(row)) for row in rows])


@router.post(
    "",
    summary="Make a worker key",
    status_code=status.HTTP_201_CREATED,
    responses=answers(StoreNotFound, StoreArchived, TooManyKeys),
)
def create_worker_key(
    store_id: StoreIdPath, wanted: WorkerKeyCreate, admin: SuperadminDep, connection: ConnectionDep
) -> WorkerKeyCreated:
    """The key is in this answer and nowhere else."""
    stores.lock_store(connection, admin, store_id)
    row, key = repository.create_key(connection, admin, store_id, wanted.name)
    return WorkerKeyCreated.model_validate({**_named(row), "key": key})


@router.delete(
    "/{worker_key_id}",
    summary="Revoke a worker key",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=answers(StoreNotFound, WorkerKeyNotFound),
)
def revoke_worker_key(
    store_id: StoreIdPath, worker_key_id: WorkerKeyIdPath, admin: SuperadminDep, connection: ConnectionDep
) -> None:
    """It stops within a minute."""
    stores.get_store(connection, admin, store_id)
    repository.revoke_key(connection, admin, store_id, worker_key_id)


def _named(row: Row) -> dict[str, object]:
    return {**row, "worker_key_id": row["id"]}
