"""The routes of the wall view of a store and of the links to it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, status

from functions.api.params import Now
from functions.api.schemas.wall import Wall, WallLinkCreate, WallLinkCreated, WallLinks
from functions.api.services import wall
from functions.api.services.store_settings import StoreSettingsInvalid
from functions.api.services.wall import TooManyWallLinks, WallLinkNotFound
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep, begin_snapshot
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems
from functions.common.problems import DatabaseUnavailable, Invalid, MethodNotAllowed, NotFound, TooLarge
from functions.common.tenancy import StoreDep, StoreId
from functions.common.wall_access import note_use, open_wall

router = authenticated_router(prefix="/stores/{store_id}/wall-links", tags=["wall"])
wall_router = APIRouter(
    tags=["wall"],
    responses=document_problems(
        NotFound, MethodNotAllowed, StoreSettingsInvalid, TooLarge, Invalid, DatabaseUnavailable
    ),
)

WallLinkIdPath = Annotated[UUID, Path(description="The link.")]
TokenPath = Annotated[str, Path(description="The token of a link to the wall view of the store.")]


@router.get("", summary="List the wall links of a store")
def list_wall_links(store: StoreDep, connection: ConnectionDep) -> WallLinks:
    """Return the links to the wall view, without their tokens."""
    return wall.list_wall_links(connection, store)


@router.post(
    "",
    summary="Create a wall link",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(TooManyWallLinks, *IDEMPOTENCY_PROBLEMS),
)
def create_wall_link(
    body: WallLinkCreate,
    store: StoreDep,
    caller: CurrentUser,
    connection: ConnectionDep,
    *,
    now: Now,
    idempotency: IdempotencyDep,
) -> WallLinkCreated:
    """Create a link that shows the live occupancy of the store on a screen, without a sign-in, until it is revoked."""
    return idempotency.run(WallLinkCreated, lambda: wall.create_wall_link(connection, store, caller, now, body))


@router.delete(
    "/{wall_link_id}",
    summary="Revoke a wall link",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(WallLinkNotFound),
)
def revoke_wall_link(
    wall_link_id: WallLinkIdPath, store: StoreDep, caller: CurrentUser, connection: ConnectionDep
) -> None:
    """Screens with this link show nothing any more."""
    wall.revoke_wall_link(connection, store, caller, wall_link_id)


@wall_router.get("/stores/{store_id}/wall/{wall_token}", summary="Get the wall view of a store")
def get_wall(store_id: StoreId, wall_token: TokenPath, connection: ConnectionDep, now: Now) -> Wall:
    """Return the live occupancy of a store, without a sign-in. A wrong, revoked or foreign token gets 404."""
    note_use(connection, store_id, wall_token)
    begin_snapshot(connection)
    store = open_wall(connection, store_id, wall_token)
    if store is None:
        raise NotFound
    return wall.get_wall(connection, store, now)
