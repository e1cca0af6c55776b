"""The series behind the dashboard, for analysts."""

from fastapi import APIRouter

from functions.api.interval import LIMIT_DAYS, Interval
from functions.api.params import CameraQuery, Format, FormatQuery, FromQuery, IntervalQuery, StoreIdPath, ToQuery
from functions.api.schemas.footfall import Footfall
from functions.common.problems import Unavailable

router = APIRouter(tags=["footfall"])


@router.get(
    "/stores/{store_id}/footfall",
    summary="Visitors and exits in intervals",
    openapi_extra={"x-limit-days": {str(interval): days for interval, days in LIMIT_DAYS.items()}},
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, 304: {"description": "Not changed."}},
)
def get_footfall(
    store_id: StoreIdPath,
    since: FromQuery,
    until: ToQuery,
    interval: IntervalQuery = Interval.HOUR,
    camera_id: CameraQuery = None,
    media: FormatQuery = Format.JSON,
) -> Footfall:
    """Visitors and exits per 15 minutes, hour or store-day, with the state and the coverage of every row."""
    raise Unavailable
