"""The parameters of the routes, each defined once with its constraints and description."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query
from pydantic import BeforeValidator

from functions.api.interval import LIMIT_DAYS, Interval
from functions.api.kpi.words import CompareMode, Period
from functions.api.schemas.values import CameraId
from functions.api.services.moments import WRITTEN_DATE


class Format(StrEnum):
    """The media type of the footfall series."""

    JSON = "json"
    CSV = "csv"


def _written_as_a_date(value: Any) -> Any:
    """Pydantic would read 1763424000 as a day, too."""
    if isinstance(value, str) and not WRITTEN_DATE.fullmatch(value):
        raise ValueError("not a date such as 2026-11-01")
    return value


PeriodQuery = Annotated[Period, Query(description="A store-day, a week from Monday, or a calendar month.")]
DateQuery = Annotated[
    date | None,
    BeforeValidator(_written_as_a_date),
    Query(alias="date", description="Any store-day of the period; today's, in the store's zone, if left out."),
]
CompareQuery = Annotated[CompareMode, Query(description="What the period is compared with.")]
FromQuery = Annotated[
    str,
    Query(
        alias="from",
        description="First moment: a date (its store-day), a local time, or a time with an offset. ISO 8601.",
        examples=["2026-11-01", "2026-11-01T09:00", "2026-11-01T09:00:00+13:00"],
    ),
]
ToQuery = Annotated[str, Query(alias="to", description="First moment that is not included; as `from`.")]
IntervalQuery = Annotated[
    Interval,
    Query(
        description="Length of a row. Longest window: "
        + ", ".join(f"{interval}: {days} days" for interval, days in LIMIT_DAYS.items())
        + "."
    ),
]
CameraQuery = Annotated[CameraId | None, Query(description="One camera instead of the whole store.")]
FormatQuery = Annotated[Format, Query(alias="format", description="JSON, or a CSV that a spreadsheet opens.")]
