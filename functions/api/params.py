"""The parameters of the routes. Each is defined once, with its constraints and description."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import BeforeValidator

from functions.api.kpi.enums import LIMIT_DAYS, CompareMode, Interval, MatchMode, Period
from functions.api.schemas.types import CameraId
from functions.api.services.request_window import ISO_DATE, MAX_RANGE_DAYS
from functions.common.authentication import CurrentUser
from functions.common.database import ConnectionDep, begin_snapshot
from functions.common.field_errors import FieldErrorType, refused


class Format(StrEnum):
    """The media type of the footfall series."""

    JSON = "json"
    CSV = "csv"


def get_now() -> datetime:
    """Return the current time, UTC. Tests override this dependency."""
    return datetime.now(UTC)


def check_iso_date(value: Any) -> Any:
    """Refuse other forms of a date: Pydantic would also read 1763424000."""
    if isinstance(value, str) and not ISO_DATE.fullmatch(value):
        raise refused(FieldErrorType.NOT_A_DATE, "not a date such as 2026-11-01")
    return value


Now = Annotated[datetime, Depends(get_now)]
"""The current time, the same for everything that a request does."""


def _begin_snapshot(_now: Now, _caller: CurrentUser, connection: ConnectionDep) -> None:
    begin_snapshot(connection)


ONE_SNAPSHOT = Depends(_begin_snapshot)
"""The dependency of a route that reads numbers: the route sees one snapshot of the database, taken just after `Now`."""

PeriodQuery = Annotated[
    Period | None,
    Query(
        description="A store-day (default), a week of the store, a calendar month, quarter or year, the 7 or 28"
        " store-days that end with `date`, or a range from `from` to `to`."
    ),
]
StoresPeriodQuery = Annotated[
    Literal[Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR, Period.LAST7, Period.LAST28] | None,
    Query(description="A period whose KPIs each store has too."),
]
DateQuery = Annotated[
    date | None,
    BeforeValidator(check_iso_date),
    Query(alias="date", description="Any store-day of the period. Default: today in the zone of the store."),
]
FirstDayQuery = Annotated[
    date | None,
    BeforeValidator(check_iso_date),
    Query(alias="from", description="First store-day of a range; instead of `period` and `date`."),
]
EndDayQuery = Annotated[
    date | None,
    BeforeValidator(check_iso_date),
    Query(
        alias="to", description=f"The store-day after the last of a range, at most {MAX_RANGE_DAYS} days after `from`."
    ),
]
StoresCompareQuery = Annotated[CompareMode, Query(description="What to compare `period` with; needs `period`.")]
CompareQuery = Annotated[CompareMode, Query(description="The period to compare with.")]
MatchQuery = Annotated[
    MatchMode,
    Query(description="How the store-days of the two periods are matched: the same weekdays, or the same dates."),
]
FromQuery = Annotated[
    str,
    Query(
        alias="from",
        description="Start of the window: a date (its store-day), a local time, or a time with an offset. ISO 8601.",
        examples=["2026-11-01", "2026-11-01T09:00", "2026-11-01T09:00:00+13:00"],
    ),
]
ToQuery = Annotated[str, Query(alias="to", description="End of the window, exclusive, in the same forms as `from`.")]
IntervalQuery = Annotated[
    Interval,
    Query(
        description="Length of a row. Longest window: "
        + ", ".join(f"{interval}: {days} days" for interval, days in LIMIT_DAYS.items())
        + "."
    ),
]
CameraQuery = Annotated[CameraId | None, Query(description="One camera instead of the whole store.")]
FormatQuery = Annotated[Format, Query(alias="format", description="JSON, or CSV for spreadsheets.")]
