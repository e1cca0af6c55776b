"""Runs of store-days that have the same length: a year has few, those between the changes of the clocks."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from functions.api.kpi.window import Window

_DAY = timedelta(days=1)


class DayRun(NamedTuple):
    """Consecutive store-days of the same length, each of which begins at the end of the one before.

    Attributes:
        first_day: the first store-day.
        days: the number of store-days.
        starts_at: the start of the first.
        length: the length of each.
    """

    first_day: date
    days: int
    starts_at: datetime
    length: timedelta


def find_day_runs(windows: Mapping[date, Window]) -> Iterator[DayRun]:
    """Yield the runs of store-days.

    Args:
        windows: the windows of the store-days, in order.
    """
    run: DayRun | None = None
    for day, window in windows.items():
        length = window.end - window.start
        if run is not None:
            next_day, next_start = run.first_day + run.days * _DAY, run.starts_at + run.days * run.length
            if (day, window.start, length) == (next_day, next_start, run.length):
                run = run._replace(days=run.days + 1)
                continue
            yield run
        run = DayRun(day, 1, window.start, length)
    if run is not None:
        yield run
