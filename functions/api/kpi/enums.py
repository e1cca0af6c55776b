"""The enumerations of the KPIs. SQL, Python, JSON, TypeScript and the pages use the same values."""

from enum import StrEnum


class Direction(StrEnum):
    """The direction in which a person crossed the counting line."""

    IN = "IN"
    OUT = "OUT"


class BucketState(StrEnum):
    """How complete the numbers of a bucket are.

    `value`: at least 90 % of its open time was observed. `partial`: less was observed, or a camera counted with two
    lines in each of its quarter-hours. `no_data`: nothing was observed; the numbers are null, never zero. `pending`:
    the bucket is not over, or crossings may still arrive. `closed`: outside the opening hours.
    """

    VALUE = "value"
    PARTIAL = "partial"
    NO_DATA = "no_data"
    PENDING = "pending"
    CLOSED = "closed"


class OccupancyState(StrEnum):
    """What the live occupancy is based on.

    `counted`: the crossings of the store-day. `closed`: the store is closed, nobody has crossed for the grace period,
    and the occupancy is 0; `residual` tells how many people were not seen leaving. `unknown`: nothing was observed
    today; the occupancy is null.
    """

    COUNTED = "counted"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Period(StrEnum):
    """The period of a dashboard. It consists of whole store-days; weeks begin on Monday.

    `last7` and `last28` end with the requested day. `range` is given by its first day and the day after its last.
    """

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST7 = "last7"
    LAST28 = "last28"
    RANGE = "range"


class CompareMode(StrEnum):
    """The period that a dashboard is compared with: the one before, the same one of the year before, or none."""

    PREVIOUS = "previous"
    YEAR = "year"
    NONE = "none"


class MatchMode(StrEnum):
    """How the store-days of two periods are matched.

    `weekday`: a day, a week and other runs of days go back by whole weeks (52 for a year). In a month, a quarter or a
    year the first Monday corresponds to the first Monday of the earlier one, and so on. `date`: the same dates of the
    earlier month, quarter or year; a run of days goes back by its length, or to the same dates of the year before.
    Days without a counterpart are not compared.
    """

    WEEKDAY = "weekday"
    DATE = "date"


class DashboardInterval(StrEnum):
    """The length of a bucket of a dashboard: hours of one day, days up to 62, weeks up to 184 days, then months."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Interval(StrEnum):
    """The length of a row of the footfall series."""

    QUARTER = "15m"
    HOUR = "hour"
    DAY = "day"

    @property
    def limit_days(self) -> int:
        """The longest window that a request with this interval may have, in days."""
        return LIMIT_DAYS[self]


LIMIT_DAYS = {Interval.QUARTER: 31, Interval.HOUR: 366, Interval.DAY: 731}
"""The longest window of each interval, in days."""


class DwellMethod(StrEnum):
    """How the dwell time was estimated. Both methods use Little's law.

    `complete`: mean exit time - mean entry time of complete store-days. `so_far`: person-seconds so far per visitor so
    far; it is too short while visitors are still inside.
    """

    COMPLETE = "complete"
    SO_FAR = "so_far"


class Health(StrEnum):
    """Whether the cameras of a store report: all, some or none of them, or the store has no camera.

    `degraded` also while the store is open and a camera reports a picture that stands still or is covered.
    """

    ONLINE = "online"
    DEGRADED = "degraded"
    OFFLINE = "offline"
    NO_CAMERAS = "no_cameras"


class Note(StrEnum):
    """Why a number or its change is null, or must be read with care.

    `line_changed`: a camera began to count with another line, or the compared period was counted with another line.
    `special_day`: each day that could be compared has the opening hours of a special day, or its counterpart has.
    """

    NOT_OBSERVED = "not_observed"
    PARTIALLY_OBSERVED = "partially_observed"
    BASELINE_NOT_OBSERVED = "baseline_not_observed"
    BASELINE_PARTIALLY_OBSERVED = "baseline_partially_observed"
    NO_VISITORS = "no_visitors"
    NO_EXITS = "no_exits"
    PENDING = "pending"
    LINE_CHANGED = "line_changed"
    SPECIAL_DAY = "special_day"
