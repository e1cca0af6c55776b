"""My stores at a glance, and correcting what is inside."""

from fastapi import APIRouter, status

from functions.api.params import StoreIdPath
from functions.api.schemas.occupancy import OccupancyReset, OccupancyResetDone
from functions.api.schemas.stores import Stores
from functions.common.problems import Unavailable

router = APIRouter(tags=["stores"])


@router.get("/stores", summary="My stores")
def get_stores() -> Stores:
    """Every store of the caller's with its live occupancy, its visitors today and its health."""
    raise Unavailable


@router.post("/stores/{store_id}/occupancy-reset", summary="Correct the occupancy", status_code=status.HTTP_201_CREATED)
def post_occupancy_reset(store_id: StoreIdPath, reset: OccupancyReset) -> OccupancyResetDone:
    """Say how many people are inside at this moment; the count goes on from there."""
    raise Unavailable
