"""Correcting the occupancy by hand."""

from datetime import datetime

from sqlalchemy.orm import Session

from functions.api.repositories.resets import store_reset
from functions.api.schemas.occupancy import OccupancyResetDone
from functions.api.schemas.values import StoreId
from functions.api.services.settings_of_store import store_time
from functions.common import audit
from functions.common.callers import Caller
from functions.common.tenancy import ReadableStore


def reset_occupancy(
    session: Session, store: ReadableStore, caller: Caller, occupancy: int, now: datetime
) -> OccupancyResetDone:
    """So many people are inside now; who said so is kept."""
    store_reset(session, store, now, occupancy, caller.user_id)
    audit.record(
        session,
        caller,
        "occupancy.reset",
        subject_type="store",
        subject_id=store.id,
        store_id=store.id,
        after={"at": now.isoformat(), "occupancy": occupancy},
    )
    return OccupancyResetDone(store_id=StoreId(store.id), at=store_time(store).clock.local(now), occupancy=occupancy)
