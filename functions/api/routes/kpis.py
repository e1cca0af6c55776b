"""The routes of the KPIs of a store: dashboard, footfall series and forecast."""

from typing import Annotated

from fastapi import Header, Response, status
from fastapi.responses import StreamingResponse

from functions.api.kpi.enums import LIMIT_DAYS, CompareMode, Interval, MatchMode
from functions.api.params import (
    ONE_SNAPSHOT,
    CameraQuery,
    CompareQuery,
    DateQuery,
    EndDayQuery,
    FirstDayQuery,
    Format,
    FormatQuery,
    FromQuery,
    IntervalQuery,
    MatchQuery,
    Now,
    PeriodQuery,
    ToQuery,
)
from functions.api.schemas.dashboard import Dashboard
from functions.api.schemas.footfall import Footfall
from functions.api.schemas.forecast import Forecast
from functions.api.services import dashboard, footfall_series, forecast
from functions.api.services.comparison import RequestedComparison
from functions.api.services.request_window import RequestedPeriod
from functions.api.services.store_settings import StoreSettingsInvalid
from functions.common.authentication import authenticated_router
from functions.common.database import ConnectionDep
from functions.common.http_headers import etag_matches, make_etag
from functions.common.problem_responses import document_problems
from functions.common.tenancy import StoreDep

router = authenticated_router(problems=[StoreSettingsInvalid])


@router.get(
    "/dashboard/{store_id}",
    summary="Get the KPIs of a period",
    tags=["dashboard"],
    dependencies=[ONE_SNAPSHOT],
)
def get_dashboard(
    store: StoreDep,
    connection: ConnectionDep,
    now: Now,
    *,
    period: PeriodQuery = None,
    day: DateQuery = None,
    since: FirstDayQuery = None,
    until: EndDayQuery = None,
    compare: CompareQuery = CompareMode.PREVIOUS,
    match: MatchQuery = MatchMode.WEEKDAY,
) -> Dashboard:
    """Return KPIs with their baseline, buckets (hours of a day; days, weeks or months) and the hourly heatmap."""
    return dashboard.get_dashboard(
        connection,
        store,
        now,
        RequestedPeriod(period, day, since, until),
        RequestedComparison(compare, match),
    )


@router.get(
    "/stores/{store_id}/footfall",
    summary="Get visitors and exits in intervals",
    tags=["footfall"],
    dependencies=[ONE_SNAPSHOT],
    response_model=Footfall,
    openapi_extra={"x-limit-days": {str(interval): days for interval, days in LIMIT_DAYS.items()}},
    responses={
        **document_problems(footfall_series.CameraNotFound),
        200: {
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
        304: {"description": "Not modified since the ETag in If-None-Match."},
    },
)
def get_footfall(
    store: StoreDep,
    connection: ConnectionDep,
    now: Now,
    *,
    since: FromQuery,
    until: ToQuery,
    interval: IntervalQuery = Interval.HOUR,
    camera_id: CameraQuery = None,
    media: FormatQuery = Format.JSON,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return visitors and exits per 15 minutes, hour or store-day, with the state and the coverage of every row."""
    footfall = footfall_series.get_footfall(
        connection, store, now, since=since, until=until, interval=interval, camera_id=camera_id
    )
    is_csv = media is Format.CSV
    chunks = list(footfall_series.csv_chunks(footfall)) if is_csv else [footfall.model_dump_json(by_alias=True)]
    # The tag of the content that is sent: only the JSON contains data_complete_until, which changes while rows do not.
    headers = {"Cache-Control": "private, no-cache", "ETag": make_etag(chunk.encode() for chunk in chunks)}
    if etag_matches(if_none_match, headers["ETag"]):
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    if is_csv:
        headers["Content-Disposition"] = f'attachment; filename="{footfall_series.csv_file_name(footfall)}"'
        return StreamingResponse(iter(chunks), media_type="text/csv; charset=utf-8", headers=headers)
    return Response(chunks[0], media_type="application/json", headers=headers)


@router.get(
    "/stores/{store_id}/forecast",
    summary="Forecast the rest of today and the next seven days",
    tags=["forecast"],
    dependencies=[ONE_SNAPSHOT],
)
def get_forecast(store: StoreDep, connection: ConnectionDep, now: Now) -> Forecast:
    """Return the expected visitors of each hour with their prediction intervals, and past hours far outside theirs."""
    return forecast.get_forecast(connection, store, now)
