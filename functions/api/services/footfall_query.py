"""The footfall query: what was counted and observed in windows of stores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi.buckets import (
    CountingPeriod,
    ObservedBucket,
    PendingCriteria,
    buckets_until,
    buckets_within,
    build_observed_buckets,
)
from functions.api.kpi.closing import windows_after_closing
from functions.api.kpi.first_hours import FirstHours
from functions.api.kpi.line_changes import find_changed_quarters
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.store_day import StoreDayBuckets
from functions.api.kpi.window import Window
from functions.api.repositories.counting_periods import StoreCountingPeriods, list_counting_periods
from functions.api.repositories.footfall import BucketQuery, read_bucket_counts, read_observed_minutes
from functions.api.repositories.late_ranges import read_stale_windows
from functions.api.repositories.line_minutes import list_line_minutes
from functions.api.repositories.occupancy_resets import list_resets
from functions.api.schemas.types import Provenance
from functions.api.services.store_settings import StoreSettings
from functions.common.cameras import Origin
from functions.common.database import Connection
from functions.common.limits import EVENT_MAX_AGE, EVENT_RETENTION
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class FootfallQuery:
    """A query for a window of a store.

    Attributes:
        store: the store.
        settings: its settings.
        window: the window.
        split_at: times within a quarter-hour at which a bucket must end.
        camera: the period of one camera, to query it instead of those that counted for the store.
        first_hours: the first hours of the window, which is a store-day. They are known: their buckets are not read.
    """

    store: ReadableStore
    settings: StoreSettings
    window: Window
    split_at: tuple[datetime, ...] = ()
    camera: StoreCountingPeriods | None = None
    first_hours: FirstHours | None = None

    @property
    def bucket_window(self) -> Window:
        """The window of the buckets: without the first hours that are known."""
        return self.window if self.first_hours is None else Window(self.first_hours.until, self.window.end)


@dataclass(frozen=True, slots=True)
class FootfallResult:
    """What is known of the window of a query.

    Attributes:
        query: the query.
        buckets: the buckets of the window, without the first hours of the query; those in the future are empty and
            pending.
        resets: the resets of the occupancy in the window so far.
        open_windows: the open parts of the window, in order and merged.
        counting_periods: when which camera counted.
        stale_windows: where the buckets lack late crossings until the next refresh of the aggregates.
        provenance: whether any crossing was generated or simulated.
    """

    query: FootfallQuery
    buckets: tuple[ObservedBucket, ...]
    resets: tuple[Reset, ...]
    open_windows: tuple[Window, ...]
    counting_periods: tuple[CountingPeriod, ...]
    stale_windows: tuple[Window, ...]
    provenance: Provenance

    def store_days(self, until: datetime) -> list[StoreDayBuckets]:
        """Return the store-days of the window up to `until`, which must be the end of a bucket."""
        clock = self.query.settings.clock
        return [
            self.store_day(clock.date_of(part.start), until)
            for part in clock.split_days(self.query.window.until(until))
        ]

    def store_day(self, day: date, until: datetime) -> StoreDayBuckets:
        """Return a store-day up to `until`, which must be the end of a bucket.

        It has no buckets when it begins at `until`.
        """
        window, first_hours = self.query.settings.clock.day_window(day), self.query.first_hours
        return StoreDayBuckets(
            day=day,
            buckets=tuple(buckets_until(buckets_within(self.buckets, window), until)),
            resets=tuple(reset for reset in self.resets if reset.at in window and reset.at <= until),
            is_whole=window.end <= until,
            after_closing=tuple(windows_after_closing(self.open_windows, window)),
            closing_grace=self.query.settings.closing_grace_on(day),
            before=first_hours.kpis if first_hours is not None else None,
        )


def query_footfall(connection: Connection, queries: Sequence[FootfallQuery], now: datetime) -> list[FootfallResult]:
    """Answer footfall queries: many stores with as many statements as one.

    Only the past is read: buckets after `now` are part of the result, empty and pending.
    """
    store_windows = [(query.store, query.window) for query in queries]
    by_store = list_counting_periods(connection, store_windows, now)
    counting = [query.camera or by_store.get(query.store.id, StoreCountingPeriods()) for query in queries]
    resets = [[reset for reset in of_store if reset.at <= now] for of_store in list_resets(connection, store_windows)]
    bucket_queries = [
        BucketQuery(
            store=query.store,
            window=query.bucket_window.until(now),
            split_at=_split_times(query, resets[index], now),
            counting_periods=counting[index].periods,
        )
        for index, query in enumerate(queries)
    ]
    stale_windows = read_stale_windows(connection, store_windows)
    counts = read_bucket_counts(connection, bucket_queries)
    observed_minutes = read_observed_minutes(connection, bucket_queries)
    open_windows = [query.settings.opening_hours.open_windows(query.window) for query in queries]
    line_minutes = list_line_minutes(connection, store_windows, [of_store.periods for of_store in counting])
    return [
        FootfallResult(
            query=query,
            buckets=tuple(
                build_observed_buckets(
                    window=query.bucket_window,
                    split_at=bucket_queries[index].split_at,
                    counts=counts[index],
                    observed_minutes=observed_minutes[index],
                    counting_periods=counting[index].periods,
                    open_windows=open_windows[index],
                    pending=PendingCriteria(now, now - EVENT_MAX_AGE, stale_windows[index]),
                    changed_quarters=find_changed_quarters(line_minutes[index], counting[index].periods),
                )
            ),
            resets=tuple(resets[index]),
            open_windows=tuple(open_windows[index]),
            counting_periods=counting[index].periods,
            stale_windows=stale_windows[index],
            provenance=provenance_of(counting[index].origins),
        )
        for index, query in enumerate(queries)
    ]


def _split_times(query: FootfallQuery, resets: Iterable[Reset], now: datetime) -> tuple[datetime, ...]:
    """Return the times within quarter-hours at which the buckets of a query end.

    Where single crossings are no longer kept there are none: a reset then takes effect at the end of its quarter-hour.
    """
    day_starts = query.settings.clock.day_starts_off_quarter(query.window)
    times = {now, *query.split_at, *day_starts, *(reset.at for reset in resets)}
    return tuple(sorted(at for at in times if at >= now - EVENT_RETENTION))


def provenance_of(origins: frozenset[Origin]) -> Provenance:
    """Return whether crossings of these origins include generated or simulated ones."""
    return Provenance(generated=Origin.GENERATED in origins, simulated=Origin.SIMULATED in origins)
