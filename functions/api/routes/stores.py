"""My stores at a glance, and correcting what is inside."""

from fastapi import status

from functions.api.clock import Now
from functions.api.schemas.occupancy import OccupancyReset, OccupancyResetDone
from functions.api.schemas.stores import Stores
from functions.api.services.occupancy_reset import TooManyCorrections, reset_occupancy
from functions.api.services.today import summarise
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers
from functions.common.tenancy import StoreDep, all_readable

router = authenticated_router(tags=["stores"])


@router.get("/stores", summary="My stores")
def get_stores(caller: CurrentUser, connection: ConnectionDep, now: Now) -> Stores:
    """Every store of the caller's with its live occupancy, its visitors today and its health."""
    return summarise(connection, all_readable(connection, caller), now)


@router.post(
    "/stores/{store_id}/occupancy-reset",
    summary="Correct the occupancy",
    status_code=status.HTTP_201_CREATED,
    responses=answers(TooManyCorrections),
)
def post_occupancy_reset(
    store: StoreDep, caller: CurrentUser, connection: ConnectionDep, now: Now, reset: OccupancyReset
) -> OccupancyResetDone:
    """Say how many people are inside at this moment; the count goes on from there."""
    return reset_occupancy(connection, store, caller, reset.occupancy, now)
