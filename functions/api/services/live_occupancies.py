"""The occupancy of store-days in progress, exact to the crossing."""

from collections.abc import Sequence

from functions.api.kpi.live_occupancy import NOBODY, LiveOccupancy, live_occupancy, undecided_windows
from functions.api.kpi.store_day import StoreDayBuckets
from functions.api.repositories.crossing_sums import read_crossing_sums
from functions.api.services.footfall_query import FootfallResult
from functions.common.database import Connection


def get_live_occupancies(
    connection: Connection, days: Sequence[tuple[FootfallResult, StoreDayBuckets]]
) -> list[LiveOccupancy]:
    """Return the occupancy at the end of the buckets of each store-day.

    Single crossings are read only where the counts do not suffice.

    Args:
        connection: the connection of the request.
        days: the footfall of each store, and its store-day up to the moment that is asked for.
    """
    before = [
        result.query.first_hours.occupancy if result.query.first_hours is not None else NOBODY for result, _ in days
    ]
    queries = [
        (
            result.query.store,
            undecided_windows(day.buckets, day.all_resets, at_start, result.stale_windows),
            result.counting_periods,
        )
        for (result, day), at_start in zip(days, before, strict=True)
    ]
    sums = read_crossing_sums(connection, queries)
    return [
        live_occupancy(day.buckets, day.all_resets, of_store, at_start)
        for (_, day), of_store, at_start in zip(days, sums, before, strict=True)
    ]
