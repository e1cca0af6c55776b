"""Which report is due: that of the last period that is over, at seven in the morning of the next day."""

from datetime import datetime, time, timedelta

from functions.api.kpi.enums import Period
from functions.api.kpi.periods import StoreDays, period_of
from functions.api.kpi.store_clock import StoreClock

REPORT_TIME = time(7)
"""Reports are due at this time of the clock of the store."""

_DAY = timedelta(days=1)


def report_due_at(clock: StoreClock, period: StoreDays) -> datetime:
    """Return when the report of a period is due, in UTC; not before the end of its last store-day."""
    wall = datetime.combine(period.last + _DAY, REPORT_TIME)
    return max(clock.at_wall_clock(wall), period.window(clock).end)


def last_due_period(clock: StoreClock, kind: Period, now: datetime, first_weekday: int) -> StoreDays:
    """Return the latest period whose report is due.

    Args:
        clock: the clock of the store.
        kind: `day`, `week` or `month`.
        now: the current time, aware.
        first_weekday: the day on which weeks begin, 1 = Monday.
    """
    current = period_of(kind, clock.date_of(now), first_weekday)
    period = period_of(kind, current.first - _DAY, first_weekday)
    while now < report_due_at(clock, period):
        period = period_of(kind, period.first - _DAY, first_weekday)
    return period
