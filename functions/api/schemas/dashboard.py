"""The response of `GET /dashboard/{store_id}`."""

from datetime import date
from typing import Annotated

from pydantic import Field

from functions.api.kpi.enums import BucketState, CompareMode, DashboardInterval, DwellMethod, MatchMode, Note, Period
from functions.api.schemas.calendar import Annotation
from functions.api.schemas.types import (
    Count,
    LocalTime,
    Provenance,
    Response,
    Share,
    StoreId,
    TimeZoneName,
)

Hour = Annotated[int, Field(ge=0, le=23, description="Hour of the day on the wall clock of the store.")]


class DashboardWindow(Response):
    """The store-days of the period, half-open. The numbers include everything before `until`."""

    start: LocalTime
    end: LocalTime
    until: LocalTime
    in_progress: bool


class Comparison(Response):
    """The compared days. When the period is in progress, the comparison ends at the same time of its counterpart."""

    mode: CompareMode
    match: MatchMode
    date: Annotated[date, Field(description="The first of the earlier days.")]
    start: LocalTime
    end: LocalTime
    days: Count = Field(description="The store-days of the period so far that are compared with their counterpart.")
    days_left_out: Count = Field(
        description="The store-days of the period so far that have a counterpart and are not compared with it, because"
        " only one of the two has these opening hours of a special day or is closed on a public holiday."
    )
    note: Note | None = Field(
        description="`line_changed` when a camera counted with more than one line in the two periods; otherwise null."
    )
    annotations: list[Annotation] = Field(description="What is special about the earlier days.")


class Kpi(Response):
    """A number, its baseline, and the relative change (0.1 = 10 % more).

    `change` is that from `baseline` to `comparable`. It is null when one of the two is unknown, too little of its time
    was observed, the counting line changed, no day is left to compare, or the baseline is not more than 0; `note` says
    why.
    """

    value: float | None = Field(description="The number of the whole period so far.")
    comparable: float | None = Field(
        description="The number of the compared days of the period: `value` when each day has a counterpart."
    )
    baseline: float | None = Field(description="The number of the counterparts of these days.")
    change: float | None
    note: Note | None


class PeakHour(Response):
    """The hour of the day with the most visitors per observed hour."""

    hour: Hour | None
    visitors_per_hour: float | None = Field(ge=0)
    baseline_hour: Hour | None
    baseline_visitors_per_hour: float | None = Field(ge=0)


class Kpis(Response):
    """The KPIs of a period."""

    visitors: Kpi = Field(description="IN crossings.")
    visitors_per_day: Kpi = Field(description="IN crossings per store-day.")
    exits: Kpi = Field(description="OUT crossings.")
    dwell_s: Kpi = Field(description="Mean time inside, seconds.")
    occupancy_average: Kpi = Field(description="Time-average of the people inside, over observed opening hours.")
    occupancy_peak: Kpi = Field(
        description="Most people inside at the end of a quarter-hour or at a correction. Peaks in between are not seen."
    )
    balance: Kpi = Field(description="Exits per visitor, of complete store-days if there are any.")
    unmatched_exits: Kpi = Field(
        description="Exits of people who were not counted inside: they came in unseen. They do not reduce occupancy."
    )
    residual: Kpi = Field(
        description="Entries - exits of the store-days whose occupancy has ended: people who were not seen leaving,"
        " negative when entries were missed. Null while people are inside."
    )
    peak_hour: PeakHour


class Bucket(Response):
    """A bucket of the period, as long as `interval` says. The first and the last week or month may be cut."""

    start: LocalTime
    end: LocalTime
    visitors: Count | None = Field(description="Null when it is unknown; an unknown number is never zero.")
    exits: Count | None
    unmatched_exits: Count | None = Field(description="The exits of people who were not counted inside.")
    residual: int | None = Field(
        description="Entries - exits of its store-days whose occupancy has ended. Null for an hour."
    )
    occupancy_average: float | None = Field(ge=0)
    occupancy_end: float | None = Field(
        ge=0, description="People inside at its end, or now; a fraction when the day was reconciled."
    )
    state: BucketState
    coverage: Share | None = Field(
        description="Share of its open time that was observed; null when closed or in the future."
    )
    note: Note | None = Field(
        description="`line_changed` when a camera began to count with another line in it; otherwise null."
    )
    baseline_visitors: Count | None
    annotations: list[Annotation] = Field(description="What is special about its days.")


class HeatmapCell(Response):
    """A weekday and an hour of the wall clock. Only those with observed time are sent."""

    weekday: int = Field(ge=1, le=7, description="1 = Monday.")
    hour: Hour
    visitors_per_hour: float = Field(ge=0)
    observed_hours: float = Field(gt=0)


class Dashboard(Response):
    """The KPIs of a period of a store."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    first_weekday: int = Field(ge=1, le=7, description="The day on which weeks of the store begin, 1 = Monday.")
    as_of: LocalTime = Field(description="The time of all numbers of the response.")
    capacity: Count | None
    period: Period
    interval: DashboardInterval
    date: Annotated[date, Field(description="The requested store-day; of a range the first.")]
    window: DashboardWindow
    compare: Comparison | None
    data_complete_until: LocalTime | None
    coverage: Share | None = Field(description="Share of the open time so far that was observed.")
    kpis: Kpis
    dwell_method: DwellMethod
    buckets: list[Bucket]
    heatmap: list[HeatmapCell]
    provenance: Provenance
