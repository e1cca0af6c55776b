"""Counts and sums of crossing times, from the aggregates; raw events only for parts of a quarter-hour.

A statement answers any number of readings at once (one per store, or per compared window), each with literal bounds, so
that chunks are excluded when it is planned and its cost does not depend on how many events are stored. The rows of a
reading come as one array per column, with times as whole numbers: a month has 3,000 of them, and as rows they would
cost three times as much (measured).
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

from db.timescale.tables import coverage_15m, events, footfall_15m
from functions.api.kpi.cells import Slice, Watch
from functions.api.kpi.window import QUARTER, Window, quarter_ceil, quarter_floor, tile_borders
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: the crossings of a store in a window, as its cameras counted, cut at moments."""

    store: ReadableStore
    window: Window
    cuts: tuple[datetime, ...]
    watches: tuple[Watch, ...]


def read_slices(connection: Connection, readings: Sequence[Reading]) -> list[list[Slice]]:
    """For each reading its slices in order: whole quarter-hours from the aggregate, parts of one from the events."""
    parts: list[Select[*tuple[Any, ...]]] = []
    tiles = [dict(tile_borders(reading.window, reading.cuts)) for reading in readings]
    for index, reading in enumerate(readings):
        broken = [Window(start, end) for start, end in tiles[index].items() if end - start < QUARTER]
        parts.append(_whole_quarters(index, reading, broken))
        parts += [_parts_of_quarters(index, reading, broken)] if broken else []
    found: list[list[Slice]] = [[] for _ in readings]
    if parts:
        for index, *arrays in connection.execute(
            _as_arrays(union_all(*parts), "ins", "outs", "in_offset_s", "out_offset_s")
        ):
            for micros, ins, outs, in_s, out_s in zip(*arrays, strict=True):
                start = _EPOCH + timedelta(microseconds=micros)
                found[index].append(Slice(start, tiles[index][start], ins, outs, in_s, out_s))
    return found


def _as_arrays(parts: CompoundSelect[Any], *counts: str) -> Select[*tuple[Any, ...]]:
    """Per reading an array of the starts, in microseconds since 1970, and one of each count."""
    rows = parts.subquery()
    micros = cast(func.date_part("epoch", rows.c.start) * 1e6, BigInteger)  # a double holds them until 2255
    columns = (micros, *(rows.c[name] for name in counts))
    return select(rows.c.reading, *map(func.array_agg, columns)).group_by(rows.c.reading)


def _per_bucket(
    index: int,
    watches: Sequence[Watch],
    bucket: Column[Any],
    counts: Sequence[Column[Any]],
    *where: ColumnElement[bool],
) -> Select[*tuple[Any, ...]]:
    """The counts of each bucket, summed over the cameras; of one camera there is one row a bucket, and no need to."""
    reading = literal(index).label("reading")
    if len({watch.camera_id for watch in watches}) == 1:
        return select(reading, bucket.label("start"), *counts).where(*where)
    summed = (cast(func.sum(count), count.type).label(count.name) for count in counts)
    return select(reading, bucket.label("start"), *summed).where(*where).group_by(bucket)


def _whole_quarters(index: int, reading: Reading, broken: Iterable[Window]) -> Select[*tuple[Any, ...]]:
    f = footfall_15m.c
    first, end = quarter_ceil(reading.window.start), quarter_floor(reading.window.end)
    cut = {quarter_floor(place.start) for place in broken}
    return _per_bucket(
        index,
        reading.watches,
        f.bucket,
        (f.ins, f.outs, f.in_offset_s, f.out_offset_s),
        f.store_id == reading.store.id,
        f.bucket >= first,
        f.bucket < end,
        counted(f.bucket, f.camera_id, reading.watches, Window(first, max(first, end))),
        *([f.bucket.not_in(sorted(cut))] if cut else []),
    )


def _parts_of_quarters(index: int, reading: Reading, places: Sequence[Window]) -> Select[*tuple[Any, ...]]:
    """Each place by a look of its own into the index of the events: as many looks as places, and no more rows."""
    e = events.c
    moments = ARRAY(DateTime(timezone=True))
    place = (
        func.unnest(
            literal([place.start for place in places], moments), literal([place.end for place in places], moments)
        )
        .table_valued(Column("start", DateTime(timezone=True)), Column("until", DateTime(timezone=True)))
        .render_derived(name="place")
    )
    seconds = cast(func.extract("epoch", e.ts - place.c.start), Float)
    spanned = Window(places[0].start, places[-1].end)

    def total(direction: str) -> ColumnElement[float]:
        return func.coalesce(func.sum(seconds).filter(e.direction == direction), 0.0)

    counts = (
        select(
            func.count().filter(e.direction == "IN").label("ins"),
            func.count().filter(e.direction == "OUT").label("outs"),
            total("IN").label("in_offset_s"),
            total("OUT").label("out_offset_s"),
        )
        .where(
            e.store_id == reading.store.id,
            e.ts >= place.c.start,
            e.ts < place.c.until,
            e.ts >= spanned.start,  # excludes chunks when it is planned
            e.ts < spanned.end,
            counted(e.ts, e.camera_id, reading.watches, spanned),
        )
        .lateral("counts")
    )
    return select(literal(index).label("reading"), place.c.start, *counts.c).join_from(place, counts, true())


def read_observed_minutes(connection: Connection, readings: Sequence[Reading]) -> list[dict[datetime, int]]:
    """For each reading, per quarter-hour the minutes with frames, summed over the cameras that counted.

    From one quarter-hour before the window on, with the cameras that count at its start.
    """
    c = coverage_15m.c
    parts = []
    for index, reading in enumerate(readings):
        since = quarter_floor(reading.window.start) - QUARTER
        watches = [_from_earlier(watch, reading.window.start) for watch in reading.watches]
        parts.append(
            _per_bucket(
                index,
                watches,
                c.bucket,
                (c.minutes,),
                c.store_id == reading.store.id,
                c.bucket >= since,
                c.bucket < reading.window.end,
                counted(c.bucket, c.camera_id, watches, Window(since, reading.window.end)),
            )
        )
    found: list[dict[datetime, int]] = [{} for _ in readings]
    if parts:
        for index, starts, minutes in connection.execute(_as_arrays(union_all(*parts), "minutes")):
            times = (_EPOCH + timedelta(microseconds=micros) for micros in starts)
            found[index] = dict(zip(times, minutes, strict=True))
    return found


def _from_earlier(watch: Watch, start: datetime) -> Watch:
    if watch.counts_from > start:
        return watch
    return Watch(watch.camera_id, watch.counts_from - timedelta(days=1), watch.counts_until, watch.delivered_until)


def counted(at: Column[Any], camera_id: Column[Any], watches: Iterable[Watch], window: Window) -> ColumnElement[bool]:
    """Only what cameras saw in the times in which they counted; nothing when none did.

    ``at``: the start of a bucket, or a crossing's moment: a camera begins and stops to count at a quarter-hour.
    """
    whole: list[UUID] = []
    parts: list[ColumnElement[bool]] = []
    for watch in watches:
        bounds = []
        if watch.counts_from > window.start:
            bounds.append(at >= watch.counts_from)
        if watch.counts_until is not None and watch.counts_until < window.end:
            bounds.append(at < watch.counts_until)
        if bounds:
            parts.append(and_(camera_id == watch.camera_id, *bounds))
        else:
            whole.append(watch.camera_id)
    if whole:
        parts.append(camera_id.in_(whole))
    return or_(*parts) if parts else false()
