"""A store now."""

from functions.api.clock import Now
from functions.api.schemas.live import Live
from functions.api.services.live import look_now
from functions.common.authentication import authenticated_router
from functions.common.database import ConnectionDep
from functions.common.tenancy import StoreDep

router = authenticated_router(tags=["live"])


@router.get("/live/{store_id}", summary="A store now")
def get_live(store: StoreDep, connection: ConnectionDep, now: Now) -> Live:
    """People inside now, today's totals so far, and the cameras behind them."""
    return look_now(connection, store, now)
