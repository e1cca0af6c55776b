"""The first hours of store-days in progress: stored by a job, and read where they are valid."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from functions.api.kpi.first_hours import FirstHours, count_hours, find_settled_end
from functions.api.kpi.live_occupancy import LiveOccupancy
from functions.api.kpi.store_day import StoreDayBuckets, compute_day_kpis
from functions.api.kpi.window import Window
from functions.api.repositories.data_versions import read_data_versions
from functions.api.repositories.first_hours import read_first_hours, write_first_hours
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.live_occupancies import get_live_occupancies
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.limits import LATE_AFTER
from functions.common.tenancy import ReadableStore

STORED_AFTER = LATE_AFTER + timedelta(minutes=5)
"""An hour is stored when it has been over for this long: later data is noted as late, and makes the row invalid."""


def get_first_hours(connection: Connection, queries: Sequence[FootfallQuery], now: datetime) -> list[FootfallQuery]:
    """Return the queries with the first hours that are stored and valid.

    Args:
        connection: the connection of the request; its statements should see one snapshot.
        queries: queries whose window is the store-day in progress.
        now: the current time.
    """
    asked = [(each.store, each.settings.clock.date_of(each.window.start), each.window) for each in queries]
    return [
        replace(query, first_hours=first_hours) if first_hours and _is_usable(query, first_hours, now) else query
        for query, first_hours in zip(queries, read_first_hours(connection, asked), strict=True)
    ]


def _is_usable(query: FootfallQuery, first_hours: FirstHours, now: datetime) -> bool:
    """Return whether first hours were over for long enough, and are hours of the clock of the store."""
    hours = query.settings.clock.day_hours(first_hours.kpis.day)
    return first_hours.until <= now - STORED_AFTER and hours[: len(first_hours.hours)][-1].end == first_hours.until


def compute_first_hours(
    connection: Connection, stores: Sequence[tuple[ReadableStore, StoreSettings]], now: datetime
) -> int:
    """Compute and store the first hours of those stores that have more of them than are stored; return their number.

    Args:
        connection: a connection with the isolation level REPEATABLE READ: the numbers and the version of their data are
            read in one snapshot.
        stores: the stores and their settings.
        now: the current time.
    """
    queries = []
    for store, settings in stores:
        clock = settings.clock
        queries.append(FootfallQuery(store, settings, clock.day_window(clock.date_of(now))))
    unfinished = []
    for query in get_first_hours(connection, queries, now):
        known = query.first_hours.hours if query.first_hours else ()
        following = _hours(query)[len(known) :]
        if following and following[0].end <= now - STORED_AFTER:
            unfinished.append(query)
    results = query_footfall(connection, unfinished, now)
    settled = []
    for result in results:
        clock = result.query.settings.clock
        day = result.store_day(clock.date_of(result.query.window.start), now)
        until = find_settled_end(day, _hours(result.query), now - STORED_AFTER)
        if until is not None and until > result.query.bucket_window.start:
            settled.append((result, result.store_day(day.day, until)))
    occupancies = get_live_occupancies(connection, settled)
    windows = [(result.query.store, Window(result.query.window.start, day.buckets[-1].end)) for result, day in settled]
    versions = read_data_versions(connection, windows)
    write_first_hours(
        connection,
        [
            (result.query.store, result.query.window, _extend(result, day, occupancy, now), version)
            for (result, day), occupancy, version in zip(settled, occupancies, versions, strict=True)
        ],
    )
    return len(settled)


def _hours(query: FootfallQuery) -> Sequence[Window]:
    clock = query.settings.clock
    return clock.day_hours(clock.date_of(query.window.start))


def _extend(result: FootfallResult, day: StoreDayBuckets, occupancy: LiveOccupancy, now: datetime) -> FirstHours:
    """Return the first hours up to the end of the buckets of the day."""
    known = result.query.first_hours.hours if result.query.first_hours else ()
    until = day.buckets[-1].end
    hours = [hour for hour in _hours(result.query)[len(known) :] if hour.end <= until]
    return FirstHours(until, compute_day_kpis(day, now), occupancy, (*known, *count_hours(day.buckets, hours)))
