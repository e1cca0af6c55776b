"""The resets of the occupancy: corrections by hand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from db.timescale.tables import occupancy_resets as resets
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import any_of
from functions.common.database import Connection
from functions.common.limits import OCCUPANCY_RESET_LOCK
from functions.common.tenancy import ReadableStore


def list_resets(connection: Connection, store_windows: Sequence[tuple[ReadableStore, Window]]) -> list[list[Reset]]:
    """Return for each store and window the resets in it, in order.

    Of two resets at the same time only the one that was stored last is returned.
    """
    if not store_windows:
        return []
    statement = (
        select(resets.c.store_id, resets.c.at, resets.c.occupancy)
        .where(
            resets.c.store_id == any_of({store.id for store, _ in store_windows}),
            resets.c.at >= min(window.start for _, window in store_windows),
            resets.c.at < max(window.end for _, window in store_windows),
        )
        .order_by(resets.c.at, resets.c.created_at)
    )
    by_store: dict[UUID, dict[datetime, Reset]] = {}
    for row in connection.execute(statement):
        by_store.setdefault(row.store_id, {})[row.at] = Reset(row.at, row.occupancy)
    return [
        [reset for reset in by_store.get(store.id, {}).values() if reset.at in window]
        for store, window in store_windows
    ]


def lock_resets(connection: Connection, store: ReadableStore) -> None:
    """Lock the resets of a store until the end of the transaction, so that no other request counts or inserts them."""
    key = func.hashtext(OCCUPANCY_RESET_LOCK), func.hashtext(str(store.id))
    connection.execute(select(func.pg_advisory_xact_lock(*key)))


def count_resets(connection: Connection, store: ReadableStore, since: datetime) -> int:
    """Return the number of resets after `since`."""
    statement = select(func.count()).where(resets.c.store_id == store.id, resets.c.at > since)
    return connection.scalars(statement).one()


def insert_reset(connection: Connection, store: ReadableStore, at: datetime, occupancy: int, user_id: UUID) -> None:
    """Store that `occupancy` people were inside at `at`, as counted by a user."""
    connection.execute(
        insert(resets).values(id=uuid4(), store_id=store.id, at=at, occupancy=occupancy, user_id=user_id)
    )
