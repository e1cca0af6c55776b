"""The counts of quarter-hours, their observed minutes, and the windows whose aggregates are not up to date.

Whole quarter-hours come from the aggregates. Raw events are read only for parts of a quarter-hour.

A statement answers any number of bucket queries at once (one for each store or compared window). Their bounds are
literals, so that chunks are excluded when the statement is planned and its cost does not depend on how many events are
stored. The rows of a query arrive as one array per column, with times as whole numbers: a month has 3,000 of them, and
as rows they would cost three times as much (measured).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    CompoundSelect,
    DateTime,
    Float,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from db.timescale.tables import coverage_15m, events, footfall_15m, late_ranges
from functions.api.kpi.buckets import BucketCounts, CountingPeriod
from functions.api.kpi.window import QUARTER, Window, bucket_bounds, merge_windows, quarter_ceil, quarter_floor
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


def read_bucket_counts(connection: Connection, queries: Sequence[BucketQuery]) -> list[list[BucketCounts]]:
    """Return for each query the counts of its buckets. A bucket without crossings may be missing."""
    selects: list[Select[*tuple[Any, ...]]] = []
    bucket_ends = [dict(bucket_bounds(query.window, query.split_at)) for query in queries]
    for index, query in enumerate(queries):
        partial = [Window(start, end) for start, end in bucket_ends[index].items() if end - start < QUARTER]
        selects.append(_select_whole_quarters(index, query, partial))
        selects += [_select_partial_quarters(index, query, partial)] if partial else []
    counts: list[list[BucketCounts]] = [[] for _ in queries]
    if selects:
        for index, *arrays in connection.execute(
            _as_arrays(union_all(*selects), "ins", "outs", "in_offset_s", "out_offset_s")
        ):
            for micros, ins, outs, in_s, out_s in zip(*arrays, strict=True):
                start = _EPOCH + timedelta(microseconds=micros)
                counts[index].append(BucketCounts(start, bucket_ends[index][start], ins, outs, in_s, out_s))
    return counts


def read_observed_minutes(connection: Connection, queries: Sequence[BucketQuery]) -> list[dict[datetime, int]]:
    """Return for each query the minutes with frames by quarter-hour, summed over the cameras that counted.

    The first quarter-hour is the one before the window. It includes the cameras that count at the start of the window.
    """
    c = coverage_15m.c
    selects = []
    for index, query in enumerate(queries):
        since = quarter_floor(query.window.start) - QUARTER
        periods = [_extended_before(period, query.window.start) for period in query.counting_periods]
        selects.append(
            _select_buckets(
                index,
                periods,
                c.bucket,
                (c.minutes,),
                c.store_id == query.store.id,
                c.bucket >= since,
                c.bucket < query.window.end,
                in_counting_periods(c.bucket, c.camera_id, periods, Window(since, query.window.end)),
            )
        )
    found: list[dict[datetime, int]] = [{} for _ in queries]
    if selects:
        for index, starts, minutes in connection.execute(_as_arrays(union_all(*selects), "minutes")):
            times = (_EPOCH + timedelta(microseconds=micros) for micros in starts)
            found[index] = dict(zip(times, minutes, strict=True))
    return found


def read_stale_windows(
    connection: Connection, store_windows: Sequence[tuple[ReadableStore, Window]]
) -> list[tuple[Window, ...]]:
    """Return for each store and window the parts that have changed since the aggregates were last refreshed.

    The ingest stores these ranges when it accepts crossings older than the watermark of the aggregates. A refresh
    deletes them.

    Returns:
        Windows of whole quarter-hours, in order and merged.
    """
    if not store_windows:
        return []
    late = late_ranges.c
    statement = select(late.store_id, late.first_ts, late.last_ts).where(
        or_(
            *(
                and_(late.store_id == store.id, late.first_ts < window.end, late.last_ts >= window.start)
                for store, window in store_windows
            )
        )
    )
    stale: dict[UUID, list[Window]] = {}
    for row in connection.execute(statement):
        # Whole quarter-hours: three weeks that arrive late then merge into one window instead of a thousand.
        window = Window(quarter_floor(row.first_ts), quarter_floor(row.last_ts) + QUARTER)
        stale.setdefault(row.store_id, []).append(window)
    return [tuple(merge_windows(stale.get(store.id, ()))) for store, _ in store_windows]


def in_counting_periods(
    at: Column[Any], camera_id: Column[Any], counting_periods: Iterable[CountingPeriod], window: Window
) -> ColumnElement[bool]:
    """Return the condition that a row lies in a counting period of its camera; false without any period.

    Args:
        at: the start of a bucket, or the time of a crossing. Periods begin and end on quarter-hours, so both work.
        camera_id: the camera of the row.
        counting_periods: the periods.
        window: the window that the statement reads; bounds outside of it are left out.
    """
    whole: list[UUID] = []
    conditions: list[ColumnElement[bool]] = []
    for period in counting_periods:
        bounds = []
        if period.counts_from > window.start:
            bounds.append(at >= period.counts_from)
        if period.counts_until is not None and period.counts_until < window.end:
            bounds.append(at < period.counts_until)
        if bounds:
            conditions.append(and_(camera_id == period.camera_id, *bounds))
        else:
            whole.append(period.camera_id)
    if whole:
        conditions.append(camera_id.in_(whole))
    return or_(*conditions) if conditions else false()


def _as_arrays(rows: CompoundSelect[Any], *counts: str) -> Select[*tuple[Any, ...]]:
    """Return for each query an array of the starts, in microseconds since 1970, and one of each count."""
    columns = rows.subquery().c
    micros = cast(func.date_part("epoch", columns.start) * 1e6, BigInteger)  # a double holds them until 2255
    values = (micros, *(columns[name] for name in counts))
    return select(columns.query_index, *map(func.array_agg, values)).group_by(columns.query_index)


def _select_buckets(
    index: int,
    counting_periods: Sequence[CountingPeriod],
    bucket: Column[Any],
    counts: Sequence[Column[Any]],
    *where: ColumnElement[bool],
) -> Select[*tuple[Any, ...]]:
    """Select the counts of each bucket, summed over the cameras. One camera has one row per bucket: no need to sum."""
    query_index = literal(index).label("query_index")
    if len({period.camera_id for period in counting_periods}) == 1:
        return select(query_index, bucket.label("start"), *counts).where(*where)
    sums = (cast(func.sum(count), count.type).label(count.name) for count in counts)
    return select(query_index, bucket.label("start"), *sums).where(*where).group_by(bucket)


def _select_whole_quarters(index: int, query: BucketQuery, partial: Iterable[Window]) -> Select[*tuple[Any, ...]]:
    f = footfall_15m.c
    first, end = quarter_ceil(query.window.start), quarter_floor(query.window.end)
    split = {quarter_floor(bucket.start) for bucket in partial}
    return _select_buckets(
        index,
        query.counting_periods,
        f.bucket,
        (f.ins, f.outs, f.in_offset_s, f.out_offset_s),
        f.store_id == query.store.id,
        f.bucket >= first,
        f.bucket < end,
        in_counting_periods(f.bucket, f.camera_id, query.counting_periods, Window(first, max(first, end))),
        *([f.bucket.not_in(sorted(split))] if split else []),
    )


def _select_partial_quarters(index: int, query: BucketQuery, buckets: Sequence[Window]) -> Select[*tuple[Any, ...]]:
    """Select the counts of buckets from the raw events, with one index lookup for each bucket and no further rows."""
    e = events.c
    times = ARRAY(DateTime(timezone=True))
    bucket = (
        func.unnest(
            literal([bucket.start for bucket in buckets], times), literal([bucket.end for bucket in buckets], times)
        )
        .table_valued(Column("start", DateTime(timezone=True)), Column("until", DateTime(timezone=True)))
        .render_derived(name="bucket")
    )
    offset_s = cast(func.extract("epoch", e.ts - bucket.c.start), Float)
    span = Window(buckets[0].start, buckets[-1].end)

    def sum_of_offsets(direction: str) -> ColumnElement[float]:
        return func.coalesce(func.sum(offset_s).filter(e.direction == direction), 0.0)

    counts = (
        select(
            func.count().filter(e.direction == "IN").label("ins"),
            func.count().filter(e.direction == "OUT").label("outs"),
            sum_of_offsets("IN").label("in_offset_s"),
            sum_of_offsets("OUT").label("out_offset_s"),
        )
        .where(
            e.store_id == query.store.id,
            e.ts >= bucket.c.start,
            e.ts < bucket.c.until,
            e.ts >= span.start,  # literals exclude chunks when the statement is planned
            e.ts < span.end,
            in_counting_periods(e.ts, e.camera_id, query.counting_periods, span),
        )
        .lateral("counts")
    )
    return select(literal(index).label("query_index"), bucket.c.start, *counts.c).join_from(bucket, counts, true())


def _extended_before(period: CountingPeriod, start: datetime) -> CountingPeriod:
    """Return the period with an earlier start when the camera counts at `start`."""
    if period.counts_from > start:
        return period
    return CountingPeriod(
        period.camera_id, period.counts_from - timedelta(days=1), period.counts_until, period.delivered_until
    )
