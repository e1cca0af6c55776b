"""Routes of stores."""

from __future__ import annotations

from fastapi import Response, status

from functions.admin.dependencies import IncludeArchived, StoreIdPath, with_etag
from functions.admin.problems import StoreArchived, StoreNotFound
from functions.admin.schemas.stores import Store, StoreChange, StoreCreate, Stores
from functions.admin.services import stores
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.preconditions import IfMatch, PreconditionFailed
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin/stores", tags=["stores"])


@router.get("", summary="List stores")
def list_stores(admin: SuperadminDep, connection: ConnectionDep, include_archived: IncludeArchived = False) -> Stores:
    """Every store with the numbers of its cameras, owners and pending invitations, ordered by name."""
    return stores.list_stores(connection, admin, include_archived=include_archived)


@router.post(
    "",
    summary="Create a store",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(*IDEMPOTENCY_PROBLEMS),
)
def create_store(
    store: StoreCreate,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    idempotency: IdempotencyDep,
    response: Response,
) -> Store:
    """A store without cameras, keys and owners."""
    return with_etag(response, idempotency.run(Store, lambda: stores.create_store(connection, admin, store)))


@router.get("/{store_id}", summary="Get a store", responses=document_problems(StoreNotFound))
def get_store(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep, response: Response) -> Store:
    """Also works for an archived store."""
    return with_etag(response, stores.get_store(connection, admin, store_id))


@router.patch(
    "/{store_id}",
    summary="Change a store",
    responses=document_problems(StoreNotFound, StoreArchived, PreconditionFailed),
)
def change_store(
    store_id: StoreIdPath,
    change: StoreChange,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Store:
    """Members that are left out stay as they are.

    Time zone, day start, opening hours, closing grace and capacity are valid from the store-day in progress on. Earlier
    store-days keep theirs.
    """
    return with_etag(response, stores.change_store(connection, admin, store_id, change, if_match=if_match))


@router.post(
    "/{store_id}/archive", summary="Archive a store", responses=document_problems(StoreNotFound, PreconditionFailed)
)
def archive_store(
    store_id: StoreIdPath,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Store:
    """Hides the store from its owners and revokes its worker keys. No data is deleted."""
    return with_etag(response, stores.archive_store(connection, admin, store_id, if_match=if_match))


@router.post(
    "/{store_id}/restore",
    summary="Restore an archived store",
    responses=document_problems(StoreNotFound, PreconditionFailed),
)
def restore_store(
    store_id: StoreIdPath,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Store:
    """Shows the store to its owners again. Its edge boxes need new keys."""
    return with_etag(response, stores.restore_store(connection, admin, store_id, if_match=if_match))
