"""The KPIs of a period, from those of its store-days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from functions.api.kpi.coverage import MIN_COVERAGE, DataQuality
from functions.api.kpi.day_kpis import DayKpis, HourlyRates
from functions.api.kpi.dwell import Dwell, dwell_so_far, mean_dwell
from functions.api.kpi.enums import BucketState, DwellMethod
from functions.api.kpi.hourly_rates import HourlyRate


@dataclass(frozen=True, slots=True)
class PeriodKpis:
    """The KPIs of a period. A number is None where nothing is known.

    Attributes:
        days: the number of store-days.
        state: how complete the numbers are.
        visitors: IN crossings.
        exits: OUT crossings.
        balance: exits / visitors.
        unmatched_exits: OUT crossings of people who were not counted inside.
        residual: people who were not seen leaving until the end of each day; negative when entries were missed.
        dwell: the mean time inside.
        occupancy_average: the time-average of the occupancy, people.
        occupancy_peak: the highest occupancy, people.
        occupancy_end: the occupancy at the end of the last day, people.
        quality: how completely the period was observed.
        line_changed: a camera began another line.
    """

    days: int
    state: BucketState
    visitors: int | None
    exits: int | None
    balance: float | None
    unmatched_exits: int | None
    residual: int | None
    dwell: Dwell
    occupancy_average: float | None
    occupancy_peak: float | None
    occupancy_end: float | None
    quality: DataQuality
    line_changed: bool

    @property
    def visitors_per_day(self) -> float | None:
        """The visitors per store-day."""
        return self.visitors / self.days if self.visitors is not None and self.days else None


def compute_period_kpis(days: Sequence[DayKpis], *, is_open_ahead: bool = False) -> PeriodKpis:
    """Compute the KPIs of store-days together.

    Dwell and balance are those of the complete days with visitors. When there are none, they are those of all days.

    Args:
        days: the store-days in order, those that have begun.
        is_open_ahead: whether the store opens in the part of the period that has not begun, which then is pending.
    """
    state = period_state(days, is_open_ahead=is_open_ahead)
    visitors, exits = visitors_and_exits_of_days(days, state)
    is_known = visitors is not None
    complete = [day for day in days if day.is_complete and day.visitors]
    balanced = complete or days
    entered, left = visitors_and_exits_of_days(balanced, period_state(balanced))
    residuals = [day.residual for day in days if day.residual is not None]
    open_known_s = sum(day.open_known_s for day in days)
    expected_s = sum(day.expected_s for day in days)
    return PeriodKpis(
        days=len(days),
        state=state,
        visitors=visitors,
        exits=exits,
        balance=left / entered if entered and left is not None else None,
        unmatched_exits=sum(day.unmatched_exits for day in days) if is_known else None,
        residual=sum(residuals) if residuals else None,
        dwell=_dwell(days, complete),
        occupancy_average=sum(day.open_person_seconds for day in days) / open_known_s if open_known_s else None,
        occupancy_peak=max((day.occupancy_peak for day in days if day.occupancy_peak is not None), default=None)
        if is_known
        else None,
        occupancy_end=days[-1].occupancy_end if days and is_known else None,
        quality=DataQuality(
            sum(day.observed_s for day in days) / expected_s if expected_s else None,
            sum(day.overdue_s for day in days),
        ),
        line_changed=any(day.line_changed for day in days),
    )


def period_state(days: Sequence[DayKpis], *, is_open_ahead: bool = False) -> BucketState:
    """Return the state of store-days together: that of all their quarter-hours, as `bucket_state` defines it."""
    states = {day.state for day in days}
    if is_open_ahead or BucketState.PENDING in states:
        return BucketState.PENDING
    if states <= {BucketState.CLOSED}:
        return BucketState.CLOSED
    if states <= {BucketState.NO_DATA, BucketState.CLOSED} and not any(day.visitors or day.exits for day in days):
        return BucketState.NO_DATA
    expected_s, observed_s = sum(day.expected_s for day in days), sum(day.observed_s for day in days)
    is_covered = expected_s > 0 and observed_s / expected_s >= MIN_COVERAGE
    has_two_lines = all(day.has_two_lines for day in days if day.state is not BucketState.CLOSED)
    return BucketState.VALUE if is_covered and not has_two_lines else BucketState.PARTIAL


def visitors_and_exits_of_days(days: Sequence[DayKpis], state: BucketState) -> tuple[int | None, int | None]:
    """Return the visitors and the exits of store-days, or (None, None) where nothing is known: never 0 instead."""
    known = [day for day in days if day.is_known]
    visitors, exits = sum(day.visitors for day in known), sum(day.exits for day in known)
    if not known:
        return None, None
    if visitors or exits:
        return visitors, exits
    is_overdue = any(day.overdue_s > 0 for day in days)
    if (is_overdue and not any(day.open_known_s > 0 for day in days)) or state is BucketState.NO_DATA:
        return None, None
    return 0, 0


def combine_hourly_rates(rates: Iterable[HourlyRates]) -> HourlyRates:
    """Return the rates of store-days together, by weekday and hour in order."""
    visitors: dict[tuple[int, int], int] = defaultdict(int)
    hours: dict[tuple[int, int], float] = defaultdict(float)
    for of_day in rates:
        for key, rate in of_day.items():
            visitors[key] += rate.visitors
            hours[key] += rate.observed_hours
    return {key: HourlyRate(visitors[key], hours[key]) for key in sorted(hours)}


def _dwell(days: Sequence[DayKpis], complete: Sequence[DayKpis]) -> Dwell:
    if complete:
        return Dwell(mean_dwell((day.visitors, day.dwell_s) for day in complete), DwellMethod.COMPLETE)
    seconds = dwell_so_far(sum(day.person_seconds for day in days), sum(day.visitors for day in days))
    return Dwell(seconds, DwellMethod.SO_FAR)
