"""The intervals of the footfall series and their limits."""

from enum import StrEnum


class Interval(StrEnum):
    """How long a row of the footfall series is. Each knows the longest window that it answers."""

    QUARTER = "15m"
    HOUR = "hour"
    DAY = "day"

    @property
    def limit_days(self) -> int:
        """The longest window of this interval, days."""
        return LIMIT_DAYS[self]


LIMIT_DAYS = {Interval.QUARTER: 31, Interval.HOUR: 366, Interval.DAY: 731}
