"""Routes of worker keys."""

from __future__ import annotations

from fastapi import status

from functions.admin.dependencies import Creator, StoreIdPath, WorkerKeyIdPath
from functions.admin.problems import StoreArchived, StoreNotFound, TooManyKeys, WorkerKeyNotFound
from functions.admin.schemas.access import StoreWorkerKeys, WorkerKeyCreate, WorkerKeyCreated, WorkerKeys
from functions.admin.services import worker_keys
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin", tags=["worker keys"])


@router.get(
    "/stores/{store_id}/worker-keys",
    summary="List the worker keys of a store",
    responses=document_problems(StoreNotFound),
)
def list_worker_keys(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> WorkerKeys:
    """Revoked ones too, oldest first. Only the last four characters of a key are known."""
    return worker_keys.list_worker_keys(connection, admin, store_id)


@router.post(
    "/stores/{store_id}/worker-keys",
    summary="Create a worker key",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(StoreNotFound, StoreArchived, TooManyKeys, *IDEMPOTENCY_PROBLEMS),
)
def create_worker_key(
    store_id: StoreIdPath,
    body: WorkerKeyCreate,
    admin: SuperadminDep,
    connection: ConnectionDep,
    idempotency: IdempotencyDep,
) -> WorkerKeyCreated:
    """Only this response, and its repetition with the same `Idempotency-Key`, contains the key."""
    return idempotency.run(WorkerKeyCreated, lambda: worker_keys.create_worker_key(connection, admin, store_id, body))


@router.delete(
    "/stores/{store_id}/worker-keys/{worker_key_id}",
    summary="Revoke a worker key",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(StoreNotFound, WorkerKeyNotFound),
)
def revoke_worker_key(
    store_id: StoreIdPath, worker_key_id: WorkerKeyIdPath, admin: SuperadminDep, connection: ConnectionDep
) -> None:
    """Ingest refuses the key within a minute."""
    worker_keys.revoke_worker_key(connection, admin, store_id, worker_key_id)


@router.get("/worker-keys", summary="List the worker keys that a superadmin has created")
def list_worker_keys_created_by(
    created_by: Creator, admin: SuperadminDep, connection: ConnectionDep
) -> StoreWorkerKeys:
    """In any store, revoked ones too, newest first."""
    return worker_keys.list_worker_keys_created_by(connection, admin, created_by)
