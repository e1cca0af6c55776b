"""What is to be expected, and what was unexpected."""

from functions.api.clock import Now
from functions.api.schemas.forecast import Forecast
from functions.api.services.forecast import forecast
from functions.common.authentication import authenticated_router
from functions.common.database import ConnectionDep
from functions.common.tenancy import StoreDep

router = authenticated_router(tags=["forecast"])


@router.get("/stores/{store_id}/forecast", summary="The rest of today and the next seven days")
def get_forecast(store: StoreDep, connection: ConnectionDep, now: Now) -> Forecast:
    """Expected visitors per hour with their intervals, and past hours far outside theirs."""
    return forecast(connection, store, now)
