"""The series behind the dashboard, for analysts."""

from typing import Annotated

from fastapi import Header, Response, status
from fastapi.responses import StreamingResponse

from functions.api.clock import Now
from functions.api.etag import etag_of, matches
from functions.api.interval import LIMIT_DAYS, Interval
from functions.api.params import CameraQuery, Format, FormatQuery, FromQuery, IntervalQuery, ToQuery
from functions.api.schemas.footfall import Footfall
from functions.api.services.series import CameraNotFound, read_series
from functions.api.services.series_csv import csv_portions, file_name
from functions.common.authentication import authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers
from functions.common.tenancy import StoreDep

router = authenticated_router(tags=["footfall"])

Revalidate = {"Cache-Control": "private, no-cache"}


@router.get(
    "/stores/{store_id}/footfall",
    summary="Visitors and exits in intervals",
    response_model=Footfall,
    openapi_extra={"x-limit-days": {str(interval): days for interval, days in LIMIT_DAYS.items()}},
    responses={
        **answers(CameraNotFound),
        200: {
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
        304: {"description": "Not changed since the ETag that was sent as If-None-Match."},
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
    """Visitors and exits per 15 minutes, hour or store-day, with the state and the coverage of every row."""
    series = read_series(connection, store, now, since=since, until=until, interval=interval, camera_id=camera_id)
    is_csv = media is Format.CSV
    content = list(csv_portions(series)) if is_csv else [series.model_dump_json(by_alias=True)]
    # Of what is sent: the JSON also says until when everything has arrived, which moves on while the rows do not.
    headers = {**Revalidate, "ETag": etag_of(part.encode() for part in content)}
    if matches(if_none_match, headers["ETag"]):
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    if is_csv:
        headers["Content-Disposition"] = f'attachment; filename="{file_name(series)}"'
        return StreamingResponse(iter(content), media_type="text/csv; charset=utf-8", headers=headers)
    return Response(content[0], media_type="application/json", headers=headers)
