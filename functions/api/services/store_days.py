"""The KPIs of store-days: stored by a job, read where they are stored and valid, otherwise computed from the counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from functions.api.kpi.buckets import CountingPeriod
from functions.api.kpi.day_kpis import StoreDay, unobserved_day
from functions.api.kpi.store_day import compute_day_kpis, compute_hourly_rates
from functions.api.kpi.window import Window
from functions.api.repositories.counting_periods import StoreCountingPeriods, list_counting_periods
from functions.api.repositories.data_versions import read_data_versions
from functions.api.repositories.late_ranges import read_stale_windows
from functions.api.repositories.missing_store_days import list_days_to_compute
from functions.api.repositories.store_days import read_store_days, write_store_days
from functions.api.services.footfall_query import FootfallQuery, query_footfall
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.limits import EVENT_MAX_AGE, LATE_AFTER
from functions.common.tenancy import ReadableStore

COMPUTED_AFTER = LATE_AFTER + timedelta(minutes=5)
"""A store-day is stored when it has been over for this long: later data is noted as late, and makes the row invalid."""

MAX_HISTORY = timedelta(days=800)
"""Older store-days are not stored: a year, and the year before it, are read at most."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoreDaysQuery:
    """A query for the store-days of a store.

    Attributes:
        store: the store.
        settings: its settings.
        first: the first store-day.
        last: the last store-day.
        until: a time within the last store-day at which the query ends; None for the end of the day.
    """

    store: ReadableStore
    settings: StoreSettings
    first: date
    last: date
    until: datetime | None = None

    def end(self, now: datetime) -> datetime:
        """Return the end of what is asked for."""
        return now if self.until is None else min(now, self.until)

    def windows(self, now: datetime) -> Mapping[date, Window]:
        """Return the windows of the store-days that have begun and are not empty, in order."""
        windows = self.settings.clock.day_windows(self.first, min(self.last, self.settings.clock.date_of(now)))
        if not windows or windows[max(windows)].start < now:
            return windows
        return {day: window for day, window in windows.items() if window.start < now}


def get_store_days(
    connection: Connection, queries: Sequence[StoreDaysQuery], now: datetime, *, with_hourly_rates: bool = False
) -> list[list[StoreDay]]:
    """Return for each query its store-days in order, those that have begun.

    Args:
        connection: the connection of the request; its statements should see one snapshot.
        queries: the queries.
        now: the current time.
        with_hourly_rates: whether the hourly rates are needed.
    """
    windows_of = [query.windows(now) for query in queries]
    over = [_windows_until(windows, query.end(now)) for query, windows in zip(queries, windows_of, strict=True)]
    found = read_store_days(
        connection,
        [(query.store, windows) for query, windows in zip(queries, over, strict=True)],
        with_hourly_rates=with_hourly_rates,
    )
    not_stored = [
        {day: window for day, window in windows.items() if day not in of_query}
        for windows, of_query in zip(windows_of, found, strict=True)
    ]
    unobserved = _unobserved_days(connection, queries, not_stored, now)
    missing: list[tuple[int, FootfallQuery]] = []
    for index, query in enumerate(queries):
        found[index] |= unobserved[index]
        split_at = () if query.until is None else (query.until,)
        missing += [
            (index, FootfallQuery(query.store, query.settings, window, split_at))
            for window in _adjoining([w for day, w in not_stored[index].items() if day not in unobserved[index]])
        ]
    results = query_footfall(connection, [footfall_query for _, footfall_query in missing], now)
    for (index, footfall_query), result in zip(missing, results, strict=True):
        clock = footfall_query.settings.clock
        for day in result.store_days(min(queries[index].end(now), footfall_query.window.end)):
            rates = compute_hourly_rates(day, clock) if with_hourly_rates else None
            found[index][day.day] = StoreDay(compute_day_kpis(day, now), rates)
    return [[days[day] for day in sorted(days)] for days in found]


def _windows_until(windows: Mapping[date, Window], end: datetime) -> Mapping[date, Window]:
    """Return the windows of the store-days, given in order, that end at `end` or before."""
    if not windows or windows[max(windows)].end <= end:
        return windows
    return {day: window for day, window in windows.items() if window.end <= end}


def _unobserved_days(
    connection: Connection,
    queries: Sequence[StoreDaysQuery],
    not_stored: Sequence[Mapping[date, Window]],
    now: datetime,
) -> list[dict[date, StoreDay]]:
    """Return the days that were over before a camera counted for the store. They are not stored, and need no counts.

    Days with data that the aggregates do not have yet are left out.
    """
    over = [
        {day: window for day, window in days.items() if window.end <= query.end(now)}
        for query, days in zip(queries, not_stored, strict=True)
    ]
    asked = [
        (query.store, Window(next(iter(windows.values())).start, now))
        for query, windows in zip(queries, over, strict=True)
        if windows
    ]
    counting = list_counting_periods(connection, asked, now)
    stale = {
        store.id: windows for (store, _), windows in zip(asked, read_stale_windows(connection, asked), strict=True)
    }
    found: list[dict[date, StoreDay]] = []
    for query, windows in zip(queries, over, strict=True):
        periods = counting.get(query.store.id, StoreCountingPeriods()).periods
        counted_from = min((period.counts_from for period in periods), default=now)
        before = {
            day: window
            for day, window in windows.items()
            if window.end <= counted_from and not any(window.overlap_s(each) for each in stale[query.store.id])
        }
        open_s = {
            day: sum(each.seconds for each in query.settings.opening_hours.open_windows(window))
            for day, window in before.items()
        }
        found.append({day: StoreDay(unobserved_day(day, open_s[day]), {}) for day in before})
    return found


@dataclass(frozen=True, slots=True)
class MissingDay:
    """A store-day that is over and delivered, and not stored.

    Attributes:
        store: the store.
        settings: its settings.
        day: the store-day.
        window: its window.
    """

    store: ReadableStore
    settings: StoreSettings
    day: date
    window: Window


def list_missing_days(
    connection: Connection, stores: Sequence[tuple[ReadableStore, StoreSettings]], now: datetime, limit: int
) -> list[MissingDay]:
    """Return the newest store-days of stores that are over, delivered and not stored, from the first counted one on.

    Days that are not delivered are left out: a camera that is offline would have all of them computed at each run.

    Args:
        connection: the connection.
        stores: the stores and their settings.
        now: the current time.
        limit: the most days to return.
    """
    history = Window(now - MAX_HISTORY, now)
    counting = list_counting_periods(connection, [(store, history) for store, _ in stores], now)
    asked = []
    for store, settings in stores:
        if store.id in counting:
            periods = counting[store.id].periods
            first = settings.clock.date_of(max(history.start, min(each.counts_from for each in periods)))
            last = settings.clock.date_of(now - COMPUTED_AFTER) - _DAY
            windows = settings.clock.day_windows(first, last)
            asked.append((store, settings, {d: w for d, w in windows.items() if _is_delivered(w, periods, now)}))
    days = list_days_to_compute(connection, [(store, windows) for store, _, windows in asked], limit)
    return [
        MissingDay(store, settings, day, windows[day])
        for (store, settings, windows), day in ((asked[index], day) for index, day in days)
    ]


def _is_delivered(window: Window, counting_periods: Iterable[CountingPeriod], now: datetime) -> bool:
    """Return whether every camera that counted has delivered its part of a window, or is too late to do so."""
    if window.end <= now - EVENT_MAX_AGE:
        return True
    for period in counting_periods:
        end = window.end if period.counts_until is None else min(window.end, period.counts_until)
        is_late = period.delivered_until is not None and period.delivered_until < end
        if period.counts_from < end and window.start < end and is_late and end > now - EVENT_MAX_AGE:
            return False
    return True


def compute_store_days(connection: Connection, days: Sequence[MissingDay], now: datetime) -> int:
    """Compute and store the KPIs of those of the days that are complete, and return their number.

    Args:
        connection: a connection with the isolation level REPEATABLE READ: the numbers and the version of their data are
            read in one snapshot.
        days: store-days that are over, of any stores.
        now: the current time.
    """
    of_version = zip(days, read_data_versions(connection, [(day.store, day.window) for day in days]), strict=True)
    found = {(day.store.id, day.day): (day, version) for day, version in of_version}
    by_store: dict[UUID, list[MissingDay]] = {}
    for day in sorted(days, key=lambda each: each.day):
        by_store.setdefault(day.store.id, []).append(day)
    queries = [
        FootfallQuery(of_store[0].store, of_store[0].settings, span)
        for of_store in by_store.values()
        for span in _adjoining([day.window for day in of_store])
    ]
    complete = []
    for result in query_footfall(connection, queries, now):
        store, clock = result.query.store, result.query.settings.clock
        for buckets in result.store_days(result.query.window.end):
            if buckets.is_complete:
                missing, version = found[store.id, buckets.day]
                rates = compute_hourly_rates(buckets, clock)
                complete.append((store, missing.window, compute_day_kpis(buckets, now), rates, version))
    write_store_days(connection, complete)
    return len(complete)


def _adjoining(windows: Sequence[Window]) -> list[Window]:
    """Return the windows, given in order, with those that adjoin as one."""
    spans: list[Window] = []
    for window in windows:
        if spans and spans[-1].end == window.start:
            spans[-1] = Window(spans[-1].start, window.end)
        else:
            spans.append(window)
    return spans
