"""Access to the wall view of a store by the token of a link. The token is the proof: there is no caller."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, update

from db.timescale.tables import wall_links

from . import bearer_token
from .database import Connection
from .tenancy import ReadableStore, get_store_of_wall_link

PREFIX = "wl_"
NOTED_EVERY = timedelta(hours=1)
"""`last_used_at` is written this often: a screen asks every few seconds."""


def open_wall(connection: Connection, store_id: UUID, token: str) -> ReadableStore | None:
    """Return the store of a token; None when it has no link with this token, or is archived."""
    if not bearer_token.is_well_formed(PREFIX, token):
        return None
    return get_store_of_wall_link(connection, store_id, bearer_token.digest(token))


def note_use(connection: Connection, store_id: UUID, token: str) -> None:
    """Write that a screen uses the link of a store with this token, if there is one."""
    if not bearer_token.is_well_formed(PREFIX, token):
        return
    c = wall_links.c
    connection.execute(
        update(wall_links)
        .where(
            c.store_id == store_id,
            c.token_sha256 == bearer_token.digest(token),
            or_(c.last_used_at.is_(None), c.last_used_at < func.now() - NOTED_EVERY),
        )
        .values(last_used_at=func.now())
    )
