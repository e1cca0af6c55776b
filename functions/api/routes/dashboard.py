"""A store's day, week or month."""

from functions.api.clock import Now
from functions.api.kpi.words import CompareMode, Period
from functions.api.params import CompareQuery, DateQuery, PeriodQuery
from functions.api.schemas.dashboard import Dashboard
from functions.api.services.dashboard import show
from functions.common.authentication import authenticated_router
from functions.common.database import ConnectionDep
from functions.common.tenancy import StoreDep

router = authenticated_router(tags=["dashboard"])


@router.get("/dashboard/{store_id}", summary="A day, a week or a month of a store")
def get_dashboard(
    store: StoreDep,
    connection: ConnectionDep,
    now: Now,
    *,
    period: PeriodQuery = Period.DAY,
    day: DateQuery = None,
    compare: CompareQuery = CompareMode.PREVIOUS,
) -> Dashboard:
    """KPIs with their baseline, buckets (hours of a day, days of a week or month) and the weekday x hour heatmap."""
    return show(connection, store, now, period=period, day=day, mode=compare)
