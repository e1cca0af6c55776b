"""Correcting the occupancy by hand."""

from datetime import datetime, timedelta

from functions.api.repositories.resets import count_resets, lock_resets, store_reset
from functions.api.schemas.occupancy import OccupancyResetDone
from functions.api.schemas.values import StoreId
from functions.api.services.settings_of_store import store_time
from functions.common import audit
from functions.common.callers import Caller
from functions.common.database import Connection
from functions.common.problems import TooManyRequests
from functions.common.tenancy import ReadableStore

MOST_A_DAY = 96
"""Four an hour. Each one costs a look into the single crossings whenever its day is shown."""


class TooManyCorrections(TooManyRequests):
    """The store's occupancy was corrected more often than anybody counts."""

    type = "too_many_corrections"
    default_detail = f"The occupancy was corrected {MOST_A_DAY} times within a day; wait before the next correction."


def reset_occupancy(
    connection: Connection, store: ReadableStore, caller: Caller, occupancy: int, now: datetime
) -> OccupancyResetDone:
    """So many people are inside now; who said so is kept.

    Raises:
        TooManyCorrections: more than four an hour over a day.
    """
    lock_resets(connection, store)
    if count_resets(connection, store, now - timedelta(days=1)) >= MOST_A_DAY:
        raise TooManyCorrections(retry_after_s=900)
    store_reset(connection, store, now, occupancy, caller.user_id)
    audit.record(
        connection,
        caller,
        "occupancy.reset",
        subject_type="store",
        subject_id=store.id,
        store_id=store.id,
        after={"at": now.isoformat(), "occupancy": occupancy},
    )
    return OccupancyResetDone(store_id=StoreId(store.id), at=store_time(store).clock.local(now), occupancy=occupancy)
