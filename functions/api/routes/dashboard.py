"""A store's day, week or month."""

from fastapi import APIRouter

from functions.api.kpi.words import CompareMode, Period
from functions.api.params import CompareQuery, DateQuery, PeriodQuery, StoreIdPath
from functions.api.schemas.dashboard import Dashboard
from functions.common.problems import Unavailable

router = APIRouter(tags=["dashboard"])


@router.get("/dashboard/{store_id}", summary="A day, a week or a month of a store")
def get_dashboard(
    store_id: StoreIdPath,
    period: PeriodQuery = Period.DAY,
    day: DateQuery = None,
    compare: CompareQuery = CompareMode.PREVIOUS,
) -> Dashboard:
    """KPIs with their baseline, buckets (hours of a day, days of a week or month) and the weekday x hour heatmap."""
    raise Unavailable
