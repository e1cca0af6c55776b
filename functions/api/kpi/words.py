"""The closed vocabularies of the KPIs; the same words in SQL, Python, JSON, TypeScript and on screen."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way a person crossed the counting line."""

    IN = "IN"
    OUT = "OUT"


class BucketState(StrEnum):
    """What a bucket's numbers are worth.

    ``value``: observed for at least 90 % of its open time. ``partial``: observed for less. ``no_data``: not observed at
    all (its numbers are null, never zero). ``pending``: not over, or crossings may still arrive. ``closed``: outside
    opening hours.
    """

    VALUE = "value"
    PARTIAL = "partial"
    NO_DATA = "no_data"
    PENDING = "pending"
    CLOSED = "closed"


class Period(StrEnum):
    """The calendar period of a dashboard, made of whole store-days. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class CompareMode(StrEnum):
    """What a period is compared with.

    ``previous``: the same weekday last week for a day, the previous week, the previous month. ``year``: 52 weeks
    earlier for a day or a week (the same weekdays), the same month a year earlier. ``none``: nothing.
    """

    PREVIOUS = "previous"
    YEAR = "year"
    NONE = "none"


class DwellMethod(StrEnum):
    """How dwell was estimated (Little's law, both times).

    ``complete``: mean exit time - mean entry time over complete store-days. ``so_far``: person-seconds so far per
    visitor so far, which is short while visitors are still inside.
    """

    COMPLETE = "complete"
    SO_FAR = "so_far"


class Health(StrEnum):
    """Whether a store's cameras report: all, some, none of them, or there is no camera."""

    ONLINE = "online"
    DEGRADED = "degraded"
    OFFLINE = "offline"
    NO_CAMERAS = "no_cameras"


class Note(StrEnum):
    """Why a number, or its change, is null or to be read with care."""

    NOT_OBSERVED = "not_observed"
    PARTIALLY_OBSERVED = "partially_observed"
    BASELINE_NOT_OBSERVED = "baseline_not_observed"
    BASELINE_PARTIALLY_OBSERVED = "baseline_partially_observed"
    NO_VISITORS = "no_visitors"
    NO_EXITS = "no_exits"
    PENDING = "pending"
