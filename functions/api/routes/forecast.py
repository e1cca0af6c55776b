"""What is to be expected, and what was unexpected."""

from fastapi import APIRouter

from functions.api.params import StoreIdPath
from functions.api.schemas.forecast import Forecast
from functions.common.problems import Unavailable

router = APIRouter(tags=["forecast"])


@router.get("/stores/{store_id}/forecast", summary="The rest of today and the next seven days")
def get_forecast(store_id: StoreIdPath) -> Forecast:
    """Expected visitors per hour with their intervals, and past hours far outside theirs."""
    raise Unavailable
