"""The first hours of a store-day in progress: those that are over and settled, so that only the rest is computed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from functions.api.kpi.buckets import ObservedBucket, split_buckets
from functions.api.kpi.coverage import bucket_state, visitors_and_exits
from functions.api.kpi.day_kpis import DayKpis
from functions.api.kpi.enums import BucketState
from functions.api.kpi.live_occupancy import LiveOccupancy
from functions.api.kpi.store_day import StoreDayBuckets
from functions.api.kpi.window import Window, quarter_floor


class HourVisitors(NamedTuple):
    """The visitors of an hour.

    Attributes:
        visitors: IN crossings; None where nothing is known.
        state: the state of the hour.
    """

    visitors: int | None
    state: BucketState


class FirstHours(NamedTuple):
    """The first hours of a store-day.

    Attributes:
        until: their end.
        kpis: the KPIs of the store-day up to then.
        occupancy: the occupancy then, exact to the crossing.
        hours: the visitors of each hour.
    """

    until: datetime
    kpis: DayKpis
    occupancy: LiveOccupancy
    hours: tuple[HourVisitors, ...]


def find_settled_end(day: StoreDayBuckets, hours: Sequence[Window], limit: datetime) -> datetime | None:
    """Return the end of the last of the first hours that are settled; None without one.

    They have no pending bucket. They end before the first reset and before the first closing: from there on, the
    occupancy depends on what follows.

    Args:
        day: the buckets of the store-day, or those that follow its first hours.
        hours: all hours of the store-day, in order.
        limit: the latest end.
    """
    ends = [limit, *(reset.at for reset in day.resets), *(window.start for window in day.after_closing)]
    until = min(ends + [bucket.start for bucket in day.buckets if bucket.is_pending])
    return max((hour.end for hour in hours if hour.end <= until and hour.end == quarter_floor(hour.end)), default=None)


def count_hours(buckets: Sequence[ObservedBucket], hours: Sequence[Window]) -> list[HourVisitors]:
    """Return the visitors of each hour. The buckets are in order, and the hours adjoin."""
    found = []
    for of_hour in split_buckets(buckets, hours):
        state = bucket_state(of_hour)
        found.append(HourVisitors(visitors_and_exits(of_hour, state)[0], state))
    return found
