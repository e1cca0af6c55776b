"""The counts of parts of quarter-hours, from the raw events: one index lookup for each, and no further rows."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Float, Integer, Select, Uuid, cast, func, select, true

from db.timescale.tables import events
from functions.api.kpi.buckets import BucketCounts, CountingPeriod
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import unnest_rows
from functions.api.repositories.counting_periods import counts_at
from functions.api.repositories.parts import group_by_dates, union
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_TIME = DateTime(timezone=True)


def read_partial_quarters(
    connection: Connection, queries: Sequence[tuple[ReadableStore, Sequence[Window], Sequence[CountingPeriod]]]
) -> Iterator[tuple[int, BucketCounts]]:
    """Yield the counts of parts of quarter-hours: the index of the query, and those of one camera in one bucket.

    Args:
        connection: the connection of the request.
        queries: for each query the store, its buckets in order, and the periods whose crossings count.
    """
    asked = [
        (index, (buckets[0].start, buckets[-1].end))
        for index, (_, buckets, periods) in enumerate(queries)
        if buckets and periods
    ]
    for parts in group_by_dates(asked):
        selects = [
            _select_buckets([(index, queries[index][0].id, bucket) for index in part for bucket in queries[index][1]])
            for part in parts
        ]
        for index, start, until, camera_id, *counts in connection.execute(union(selects)):
            if counts_at(queries[index][2], camera_id, start):
                yield index, BucketCounts(start.astimezone(UTC), until.astimezone(UTC), *counts)


def _select_buckets(buckets: Sequence[tuple[int, UUID, Window]]) -> Select[*tuple[Any, ...]]:
    """Select the counts of each bucket and camera. Of a bucket, the index of its query and its store are given."""
    e = events.c
    bucket = unnest_rows(
        "bucket",
        {"query_index": Integer(), "store_id": Uuid(), "start": _TIME, "until": _TIME},
        [(index, store_id, window.start, window.end) for index, store_id, window in buckets],
    )
    offset_s = cast(func.extract("epoch", e.ts - bucket.c.start), Float)

    def sum_of_offsets(direction: str) -> ColumnElement[float]:
        return func.coalesce(func.sum(offset_s).filter(e.direction == direction), 0.0)

    counts = (
        select(
            e.camera_id,
            func.count().filter(e.direction == "IN").label("ins"),
            func.count().filter(e.direction == "OUT").label("outs"),
            sum_of_offsets("IN").label("in_offset_s"),
            sum_of_offsets("OUT").label("out_offset_s"),
        )
        .where(
            e.store_id == bucket.c.store_id,
            e.ts >= bucket.c.start,
            e.ts < bucket.c.until,
            # Constants exclude chunks when the statement is planned.
            e.ts >= min(window.start for _, _, window in buckets),
            e.ts < max(window.end for _, _, window in buckets),
        )
        .group_by(e.camera_id)
        .lateral("counts")
    )
    return select(bucket.c.query_index, bucket.c.start, bucket.c.until, *counts.c).join_from(bucket, counts, true())
