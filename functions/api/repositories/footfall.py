"""The counts of quarter-hours, and their observed minutes.

Whole quarter-hours come from the aggregates. Raw events are read only for parts of a quarter-hour.

A statement answers any number of bucket queries at once (one for each store or compared window), with the stores and
the cameras as arrays: the time to plan it does not depend on the number of stores, nor on how many events are stored.
The rows of a camera arrive packed: a month has 3,000 of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, Uuid, literal, select, true

from db.timescale.tables import coverage_15m, footfall_15m
from functions.api.kpi.buckets import BucketCounts, CountingPeriod
from functions.api.kpi.window import QUARTER, Window, bucket_bounds, merge_windows, quarter_ceil, quarter_floor
from functions.api.repositories.arrays import any_of, unnest_rows
from functions.api.repositories.packed_rows import PackedRows, Times, from_time
from functions.api.repositories.partial_quarters import read_partial_quarters
from functions.api.repositories.parts import group_by_dates, union
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_f, _c = footfall_15m.c, coverage_15m.c
_PACKED_COUNTS = PackedRows([_f.bucket, _f.ins, _f.outs, _f.in_offset_s, _f.out_offset_s])
_PACKED_MINUTES = PackedRows([_c.bucket, _c.minutes])


@dataclass(frozen=True, slots=True)
class BucketQuery:
    """A query for the buckets of one store.

    Attributes:
        store: the store.
        window: the window to read.
        split_at: times within a quarter-hour at which a bucket must end.
        counting_periods: the periods whose crossings count.
    """

    store: ReadableStore
    window: Window
    split_at: tuple[datetime, ...]
    counting_periods: tuple[CountingPeriod, ...]

    @property
    def whole_quarters(self) -> Window:
        """The window from the first to the last whole quarter-hour; empty when there is none."""
        first = quarter_ceil(self.window.start)
        return Window(first, max(first, quarter_floor(self.window.end)))

    @property
    def partial_quarters(self) -> list[Window]:
        """The buckets that are a part of a quarter-hour, in order."""
        ends = (self.window.start, self.window.end, *self.split_at)
        quarters = sorted({quarter_floor(at) for at in ends if at != quarter_floor(at)})
        cut = (Window(max(q, self.window.start), min(q + QUARTER, self.window.end)) for q in quarters if self._has(q))
        return [Window(start, end) for quarter in cut for start, end, _ in bucket_bounds(quarter, self.split_at)]

    def _has(self, quarter: datetime) -> bool:
        return quarter < self.window.end and quarter + QUARTER > self.window.start


def read_bucket_counts(connection: Connection, queries: Sequence[BucketQuery]) -> list[list[BucketCounts]]:
    """Return for each query the counts of its buckets. A bucket without crossings may be missing."""
    partial = [query.partial_quarters for query in queries]
    spans = [_span(query.store, query.whole_quarters, query.counting_periods) for query in queries]
    times = Times()
    counts: list[dict[datetime, BucketCounts]] = [{} for _ in queries]
    cut = [{quarter_floor(bucket.start) for bucket in of_query} for of_query in partial]
    for index, rows in _read_quarters(connection, spans, _select_counts, _PACKED_COUNTS):
        of_query, cut_of_query = counts[index], cut[index]
        for number, ins, outs, in_s, out_s in rows:
            start = times[number]
            if start not in cut_of_query:
                _add(of_query, BucketCounts(start, start + QUARTER, ins, outs, in_s, out_s))
    asked = [(query.store, buckets, query.counting_periods) for query, buckets in zip(queries, partial, strict=True)]
    for index, bucket in read_partial_quarters(connection, asked):
        _add(counts[index], bucket)
    return [list(of_query.values()) for of_query in counts]


def read_observed_minutes(connection: Connection, queries: Sequence[BucketQuery]) -> list[dict[datetime, int]]:
    """Return for each query the minutes with frames by quarter-hour, summed over the cameras that counted.

    The first quarter-hour is the one before the window. It includes the cameras that count at the start of the window.
    """
    spans = []
    for query in queries:
        since = quarter_floor(query.window.start) - QUARTER
        periods = tuple(_extended_before(period, query.window.start) for period in query.counting_periods)
        spans.append(_span(query.store, Window(since, query.window.end), periods))
    times = Times()
    found: list[dict[datetime, int]] = [{} for _ in queries]
    for index, rows in _read_quarters(connection, spans, _select_minutes, _PACKED_MINUTES):
        of_query = found[index]
        for number, minutes in rows:
            start = times[number]
            of_query[start] = of_query.get(start, 0) + minutes
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    """The quarter-hours of a query, and the windows in which each camera counts."""

    store: ReadableStore
    window: Window
    cameras: Mapping[UUID, Sequence[Window]]


def _span(store: ReadableStore, window: Window, counting_periods: Iterable[CountingPeriod]) -> _Span:
    cameras: dict[UUID, list[Window]] = {}
    for period in counting_periods:
        start = max(window.start, period.counts_from)
        end = window.end if period.counts_until is None else min(window.end, period.counts_until)
        if start < end:
            cameras.setdefault(period.camera_id, []).append(Window(start, end))
    return _Span(store, window, {camera_id: merge_windows(windows) for camera_id, windows in cameras.items()})


def _read_quarters(
    connection: Connection,
    spans: Sequence[_Span],
    select_part: Callable[[int, Sequence[_Span]], Select[Any]],
    packed: PackedRows,
) -> Iterator[tuple[int, Iterator[tuple[Any, ...]]]]:
    """Yield the index of a span and the rows of one of its cameras that count: the quarter-hour and the counts.

    Args:
        connection: the connection of the request.
        spans: what to read.
        select_part: returns a part of the statement: its number, the store, the camera, and the packed rows.
        packed: the start of the quarter-hour, and the columns with the counts.
    """
    asked = [(index, (s.window.start, s.window.end)) for index, s in enumerate(spans) if s.cameras]
    for portion in group_by_dates(asked):
        selects = [select_part(part, [spans[index] for index in indexes]) for part, indexes in enumerate(portion)]
        rows = {(part, store, camera): data for part, store, camera, data in connection.execute(union(selects))}
        for part, indexes in enumerate(portion):
            for index in indexes:
                for camera, windows in spans[index].cameras.items():
                    data = rows.get((part, spans[index].store.id, camera))
                    if data is not None:
                        yield index, _rows_within(windows, packed.unpack(data))


def _select_counts(part: int, spans: Sequence[_Span]) -> Select[Any]:
    """Return the counts of some spans, store by store: each is one step into the index of the crossings.

    With an array of stores, PostgreSQL 17 reads the index entries of all earlier crossings of a store to find those
    after the watermark of the aggregate: of 100 stores with ten million crossings 5,800 pages instead of 300.
    """
    asked = unnest_rows("asked", {"store_id": Uuid()}, [(store_id,) for store_id in {span.store.id for span in spans}])
    counts = (
        select(_f.store_id, _f.camera_id, _PACKED_COUNTS.aggregate.label("packed"))
        .where(_f.store_id == asked.c.store_id, *_of_spans(footfall_15m, spans))
        .group_by(_f.store_id, _f.camera_id)
        .lateral("counts")
    )
    return select(literal(part).label("part"), *counts.c).join_from(asked, counts, true())


def _select_minutes(part: int, spans: Sequence[_Span]) -> Select[Any]:
    """Return the observed minutes of some spans, all stores at once: the minutes have no index by store."""
    return (
        select(literal(part).label("part"), _c.store_id, _c.camera_id, _PACKED_MINUTES.aggregate)
        .where(_c.store_id == any_of({span.store.id for span in spans}), *_of_spans(coverage_15m, spans))
        .group_by(_c.store_id, _c.camera_id)
    )


def _of_spans(aggregate: Table, spans: Sequence[_Span]) -> list[ColumnElement[bool]]:
    """Return the conditions that rows are of the cameras and the time of some spans."""
    return [
        aggregate.c.camera_id == any_of({camera_id for span in spans for camera_id in span.cameras}),
        aggregate.c.bucket >= min(span.window.start for span in spans),
        aggregate.c.bucket < max(span.window.end for span in spans),
    ]


def _rows_within(windows: Iterable[Window], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    bounds = [(from_time(window.start), from_time(window.end)) for window in windows]
    if len(bounds) == 1:
        ((since, until),) = bounds
        return (row for row in rows if since <= row[0] < until)
    return (row for row in rows if any(since <= row[0] < until for since, until in bounds))


def _add(counts: dict[datetime, BucketCounts], bucket: BucketCounts) -> None:
    """Add the counts of a camera to those of the other cameras in the same bucket."""
    other = counts.get(bucket.start)
    if other is not None:
        start, end, ins, outs, in_s, out_s = bucket
        bucket = BucketCounts(
            start, end, other.ins + ins, other.outs + outs, other.in_offset_s + in_s, other.out_offset_s + out_s
        )
    counts[bucket.start] = bucket


def _extended_before(period: CountingPeriod, start: datetime) -> CountingPeriod:
    """Return the period with an earlier start when the camera counts at `start`."""
    if period.counts_from > start:
        return period
    return CountingPeriod(
        period.camera_id, period.counts_from - timedelta(days=1), period.counts_until, period.delivered_until
    )
