"""Counts and sums of crossing times, from the aggregates; raw events only for parts of a quarter-hour.

A statement answers any number of readings at once (one per store, or per compared window), each with literal bounds, so
that chunks are excluded when it is planned and its cost does not depend on how many events are stored. The rows of a
reading come as one JSON array, with times as whole numbers: a month has 3,000 of them, and as rows of the driver they
would cost more than the query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Float,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import Table

from db.timescale.tables import coverage_15m, events, footfall_15m
from functions.api.kpi.cells import Slice, Watch
from functions.api.kpi.window import QUARTER, Window, quarter_ceil, quarter_floor, tile_borders
from functions.common.tenancy import ReadableStore

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: the crossings of a store in a window, as its cameras counted, cut at moments."""

    store: ReadableStore
    window: Window
    cuts: tuple[datetime, ...]
    watches: tuple[Watch, ...]


def read_slices(session: Session, readings: Sequence[Reading]) -> list[list[Slice]]:
    """For each reading its slices in order: whole quarter-hours from the aggregate, parts of one from the events."""
    parts: list[Select[*tuple[Any, ...]]] = []
    tiles = [dict(tile_borders(reading.window, reading.cuts)) for reading in readings]
    for index, reading in enumerate(readings):
        broken = [Window(start, end) for start, end in tiles[index].items() if end - start < QUARTER]
        parts.append(_whole_quarters(index, reading, broken))
        parts += [_part_of_quarter(index, reading, place) for place in broken]
    found: list[list[Slice]] = [[] for _ in readings]
    if parts:
        for index, rows in session.execute(_as_json(union_all(*parts), "start", "ins", "outs", "in_s", "out_s")):
            for micros, ins, outs, in_s, out_s in sorted(rows):
                start = _EPOCH + timedelta(microseconds=micros)
                found[index].append(Slice(start, tiles[index][start], ins, outs, in_s, out_s))
    return found


def _as_json(parts: CompoundSelect[Any], *columns: str) -> Select[*tuple[Any, ...]]:
    """Per reading one array of arrays; the first column is a time, given in microseconds since 1970."""
    rows = parts.subquery()
    time, *others = (rows.c[name] for name in columns)
    micros = cast(func.date_part("epoch", time) * 1e6, BigInteger)  # a double holds the microseconds until 2255
    return select(rows.c.reading, func.json_agg(func.json_build_array(micros, *others))).group_by(rows.c.reading)


def _whole_quarters(index: int, reading: Reading, broken: Iterable[Window]) -> Select[*tuple[Any, ...]]:
    f = footfall_15m.c
    inner = (quarter_ceil(reading.window.start), quarter_floor(reading.window.end))
    cut = {quarter_floor(place.start) for place in broken}
    return (
        select(
            literal(index).label("reading"),
            f.bucket.label("start"),
            cast(func.sum(f.ins), BigInteger).label("ins"),
            cast(func.sum(f.outs), BigInteger).label("outs"),
            func.sum(f.in_offset_s).label("in_s"),
            func.sum(f.out_offset_s).label("out_s"),
        )
        .where(
            f.store_id == reading.store.id,
            f.bucket >= inner[0],
            f.bucket < inner[1],
            counted(footfall_15m, reading.watches, Window(inner[0], max(inner))),
            *([f.bucket.not_in(sorted(cut))] if cut else []),
        )
        .group_by(f.bucket)
    )


def _part_of_quarter(index: int, reading: Reading, place: Window) -> Select[*tuple[Any, ...]]:
    e = events.c
    watching = [
        w.camera_id
        for w in reading.watches
        if w.counts_from <= place.start and (w.counts_until is None or place.end <= w.counts_until)
    ]
    seconds = cast(func.extract("epoch", e.ts - literal(place.start)), Float)

    def total(direction: str) -> ColumnElement[float]:
        return func.coalesce(func.sum(seconds).filter(e.direction == direction), 0.0)

    return select(
        literal(index).label("reading"),
        literal(place.start).label("start"),
        func.count().filter(e.direction == "IN").label("ins"),
        func.count().filter(e.direction == "OUT").label("outs"),
        total("IN").label("in_s"),
        total("OUT").label("out_s"),
    ).where(
        e.store_id == reading.store.id,
        e.camera_id.in_(watching),
        e.ts >= place.start,
        e.ts < place.end,
    )


def read_observed_minutes(session: Session, readings: Sequence[Reading]) -> list[dict[datetime, int]]:
    """For each reading, per quarter-hour the minutes with frames, summed over the cameras that counted.

    From one quarter-hour before the window on, with the cameras that count at its start.
    """
    c = coverage_15m.c
    parts = []
    for index, reading in enumerate(readings):
        since = quarter_floor(reading.window.start) - QUARTER
        before = [_from_earlier(watch, reading.window.start) for watch in reading.watches]
        parts.append(
            select(literal(index).label("reading"), c.bucket, cast(func.sum(c.minutes), BigInteger).label("minutes"))
            .where(
                c.store_id == reading.store.id,
                c.bucket >= since,
                c.bucket < reading.window.end,
                counted(coverage_15m, before, Window(since, reading.window.end)),
            )
            .group_by(c.bucket)
        )
    found: list[dict[datetime, int]] = [{} for _ in readings]
    if parts:
        for index, rows in session.execute(_as_json(union_all(*parts), "bucket", "minutes")):
            found[index] = {_EPOCH + timedelta(microseconds=micros): minutes for micros, minutes in rows}
    return found


def _from_earlier(watch: Watch, start: datetime) -> Watch:
    if watch.counts_from > start:
        return watch
    return Watch(watch.camera_id, watch.counts_from - timedelta(days=1), watch.counts_until, watch.delivered_until)


def counted(table: Table, watches: Iterable[Watch], window: Window) -> ColumnElement[bool]:
    """Only the buckets of cameras in the times in which they counted; nothing when none did."""
    whole: list[UUID] = []
    parts: list[ColumnElement[bool]] = []
    for watch in watches:
        bounds = []
        if watch.counts_from > window.start:
            bounds.append(table.c.bucket >= watch.counts_from)
        if watch.counts_until is not None and watch.counts_until < window.end:
            bounds.append(table.c.bucket < watch.counts_until)
        if bounds:
            parts.append(and_(table.c.camera_id == watch.camera_id, *bounds))
        else:
            whole.append(watch.camera_id)
    if whole:
        parts.append(table.c.camera_id.in_(whole))
    return or_(*parts) if parts else false()
