"""The wall view of a store, and the links to it."""

from datetime import datetime
from uuid import UUID

from functions.api.repositories import wall_links as repository
from functions.api.repositories.wall_links import WallLinkRow
from functions.api.schemas.wall import Wall, WallLink, WallLinkCreate, WallLinkCreated, WallLinks
from functions.api.services.live import get_live
from functions.common import audit, bearer_token
from functions.common.database import Connection
from functions.common.identity import Caller
from functions.common.problems import Conflict, NotFound
from functions.common.tenancy import ReadableStore
from functions.common.wall_access import PREFIX

MAX_WALL_LINKS = 20
"""Links of a store."""


class WallLinkNotFound(NotFound):
    """The store has no link with this id."""

    type = "wall_link_not_found"
    default_detail = "Wall link not found."


class TooManyWallLinks(Conflict):
    """The store has as many links as it may have."""

    type = "too_many_wall_links"
    default_detail = f"The store has {MAX_WALL_LINKS} wall links, the maximum; revoke one first."


def get_wall(connection: Connection, store: ReadableStore, now: datetime) -> Wall:
    """Return the live occupancy of a store."""
    live = get_live(connection, store, now)
    return Wall(
        store_id=live.store_id,
        name=live.name,
        timezone=live.timezone,
        as_of=live.as_of,
        is_open=live.is_open,
        occupancy=live.occupancy,
        occupancy_state=live.occupancy_state,
        capacity=live.capacity,
        health=live.health,
        provenance=live.provenance,
    )


def list_wall_links(connection: Connection, store: ReadableStore) -> WallLinks:
    """Return the links of a store, oldest first."""
    return WallLinks(wall_links=[_to_response(row) for row in repository.list_wall_links(connection, store)])


def create_wall_link(
    connection: Connection, store: ReadableStore, caller: Caller, now: datetime, body: WallLinkCreate
) -> WallLinkCreated:
    """Create a link and record it in the audit log.

    Raises:
        TooManyWallLinks: the store has as many links as it may have.
    """
    if len(repository.list_wall_links(connection, store)) >= MAX_WALL_LINKS:
        raise TooManyWallLinks
    token = bearer_token.generate(PREFIX)
    row = repository.insert_wall_link(
        connection,
        store,
        name=body.name,
        token_sha256=bearer_token.digest(token),
        user_id=caller.user_id,
        at=now,
    )
    _audit(connection, caller, store, "wall_link.create", row, after={"name": row.name})
    return WallLinkCreated(**_to_response(row).model_dump(), token=token)


def revoke_wall_link(connection: Connection, store: ReadableStore, caller: Caller, wall_link_id: UUID) -> None:
    """Delete a link and record it in the audit log. Screens that use it show nothing any more.

    Raises:
        WallLinkNotFound: the store has no such link.
    """
    row = repository.delete_wall_link(connection, store, wall_link_id)
    if row is None:
        raise WallLinkNotFound
    _audit(connection, caller, store, "wall_link.revoke", row, before={"name": row.name})


def _to_response(row: WallLinkRow) -> WallLink:
    return WallLink(wall_link_id=row.id, name=row.name, created_at=row.created_at, last_used_at=row.last_used_at)


def _audit(
    connection: Connection,
    caller: Caller,
    store: ReadableStore,
    action: str,
    row: WallLinkRow,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    audit.record(
        connection,
        caller,
        action,
        subject_type="wall_link",
        subject_id=row.id,
        store_id=store.id,
        before=before,
        after=after,
    )
