"""The KPIs of one store-day, in a form from which those of a period are computed without its buckets."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from functions.api.kpi.enums import BucketState
from functions.api.kpi.hourly_rates import HourlyRate

FORMULA_VERSION = 3
"""The version of the formulas behind `DayKpis`. A change of any of them, or of the fields, needs the next number."""

HourlyRates = Mapping[tuple[int, int], HourlyRate]
"""The rates by (weekday, hour) of the wall clock; Monday is 1."""


class DayKpis(NamedTuple):
    """The KPIs of a store-day, or of its first part.

    Attributes:
        day: the store-day.
        state: the state of the day.
        is_complete: the day is over and everything has arrived.
        is_known: something was observed, or somebody crossed.
        visitors: IN crossings.
        exits: OUT crossings.
        unmatched_exits: OUT crossings of people who were not counted inside.
        person_seconds: the time that all people together spent inside in observed time, seconds.
        open_person_seconds: the same within opening hours.
        open_known_s: the observed time within opening hours, seconds.
        occupancy_end: the occupancy at the end.
        expected_s: the camera-seconds of the open time that is delivered.
        observed_s: those of them with frames.
        overdue_s: the open seconds that are over but not delivered yet.
        line_changed: a camera began another line, in open time or where somebody crossed.
        has_two_lines: cameras counted with two lines in each open quarter-hour.
        residual: people who were not seen leaving until the end of the day; None while people are inside.
        dwell_s: mean exit time - mean entry time, seconds; None without visitors or exits, and where the first hours
            of the day were not read.
        occupancy_peak: the highest occupancy; None when nothing is known.
    """

    day: date
    state: BucketState
    is_complete: bool
    is_known: bool
    visitors: int
    exits: int
    unmatched_exits: int
    person_seconds: float
    open_person_seconds: float
    open_known_s: float
    occupancy_end: float
    expected_s: float
    observed_s: float
    overdue_s: float
    line_changed: bool
    has_two_lines: bool
    residual: int | None
    dwell_s: float | None
    occupancy_peak: float | None


class StoreDay(NamedTuple):
    """The KPIs of a store-day, up to now when it is in progress.

    Attributes:
        kpis: the KPIs.
        hourly_rates: the rates by (weekday, hour); None when they were not asked for.
    """

    kpis: DayKpis
    hourly_rates: HourlyRates | None


def unobserved_day(day: date, open_s: float) -> DayKpis:
    """Return the KPIs of a store-day that is over and on which no camera counted.

    Args:
        day: the store-day.
        open_s: its open time, seconds.
    """
    return DayKpis(
        day=day,
        state=BucketState.NO_DATA if open_s else BucketState.CLOSED,
        is_complete=True,
        is_known=False,
        visitors=0,
        exits=0,
        unmatched_exits=0,
        residual=None,
        dwell_s=None,
        person_seconds=0.0,
        open_person_seconds=0.0,
        open_known_s=0.0,
        occupancy_peak=None,
        occupancy_end=0.0,
        expected_s=open_s,
        observed_s=0.0,
        overdue_s=0.0,
        line_changed=False,
        has_two_lines=False,
    )
