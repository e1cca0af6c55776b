"""The correction of the occupancy by hand."""

from datetime import datetime, timedelta

from functions.api.repositories.occupancy_resets import count_resets, insert_reset, lock_resets
from functions.api.schemas.stores import OccupancyResetDone
from functions.api.schemas.types import StoreId
from functions.api.services.store_settings import parse_store_settings
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Caller
from functions.common.problems import TooManyRequests
from functions.common.tenancy import ReadableStore

MAX_RESETS_PER_DAY = 96
"""Four an hour. Each reset costs a lookup in the single crossings whenever its day is shown."""


class TooManyCorrections(TooManyRequests):
    """The occupancy of the store was corrected too often."""

    type = "too_many_corrections"
    default_detail = (
        f"The occupancy was corrected {MAX_RESETS_PER_DAY} times within a day. Wait before the next correction."
    )


def reset_occupancy(
    connection: Connection, store: ReadableStore, caller: Caller, occupancy: int, now: datetime
) -> OccupancyResetDone:
    """Store that `occupancy` people are inside now, and record the correction in the audit log.

    Raises:
        TooManyCorrections: the store has reached the limit of resets per day.
    """
    lock_resets(connection, store)
    if count_resets(connection, store, now - timedelta(days=1)) >= MAX_RESETS_PER_DAY:
        raise TooManyCorrections(retry_after_s=900)
    insert_reset(connection, store, now, occupancy, caller.user_id)
    audit.record(
        connection,
        caller,
        "occupancy.reset",
        subject_type="store",
        subject_id=store.id,
        store_id=store.id,
        after={"at": now.isoformat(), "occupancy": occupancy},
    )
    clock = parse_store_settings(store).clock
    return OccupancyResetDone(store_id=StoreId(store.id), at=clock.local(now), occupancy=occupancy)
