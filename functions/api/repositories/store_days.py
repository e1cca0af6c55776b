"""The stored KPIs of store-days."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from math import isnan
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import store_days
from functions.api.kpi.day_kpis import FORMULA_VERSION, DayKpis, HourlyRates, StoreDay
from functions.api.kpi.enums import BucketState
from functions.api.kpi.hourly_rates import HourlyRate
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import unnest_rows
from functions.api.repositories.data_versions import UNCHANGED, read_versions
from functions.api.repositories.packed_rows import Days, PackedRows, Times
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_STATES = list(BucketState)
_NO_INTEGER = -(2**63)
_NO_FLOAT = cast("NaN", store_days.c.dwell_s.type)


def number_of_state(state: Column[str]) -> ColumnElement[int]:
    """Return the number of a state of buckets, from 1 on, as in `BucketState`."""
    return func.array_position(literal([str(each) for each in BucketState], ARRAY(Text())), state, type_=Integer)


def _kpi_columns() -> list[ColumnElement[Any]]:
    """Return the columns of the KPIs in the order of `DayKpis`, without NULL."""
    d = store_days.c
    special = {
        "state": number_of_state(d.state),
        "residual": func.coalesce(d.residual, literal(_NO_INTEGER, BigInteger())),
        "dwell_s": func.coalesce(d.dwell_s, _NO_FLOAT),
        "occupancy_peak": func.coalesce(d.occupancy_peak, _NO_FLOAT),
    }
    return [special.get(name, d[name]) for name in DayKpis._fields if name != "day"]


_PACKED = PackedRows(
    [store_days.c[name] for name in ("day", "starts_at", "ends_at", "data_version")] + _kpi_columns(),
    store_days.c.packed,
)


def read_store_days(
    connection: Connection, asked: Sequence[tuple[ReadableStore, Mapping[date, Window]]], *, with_hourly_rates: bool
) -> list[dict[date, StoreDay]]:
    """Return for each store the valid rows of its store-days, in one statement.

    Args:
        connection: the connection of the request.
        asked: the stores and the windows of their store-days.
        with_hourly_rates: whether the rates are needed too; they are most of a row.
    """
    found: list[dict[date, StoreDay]] = [{} for _ in asked]
    spans = [(index, store.id, min(windows), max(windows)) for index, (store, windows) in enumerate(asked) if windows]
    if not spans:
        return found
    d = store_days.c
    span = unnest_rows(
        "span", {"query_index": Integer(), "store_id": Uuid(), "first_day": Date(), "last_day": Date()}, spans
    )
    rates = [func.jsonb_object_agg(d.day, d.hourly_rates)] if with_hourly_rates else []
    statement = (
        select(span.c.query_index, _PACKED.aggregate, *rates)
        .join_from(span, store_days, d.store_id == span.c.store_id)
        .where(d.day.between(span.c.first_day, span.c.last_day), d.formula_version == FORMULA_VERSION)
        .group_by(span.c.query_index)
    )
    since = min(asked[index][1][first].start for index, _, first, _ in spans).date()
    current = read_versions(connection, (store for store, _ in asked), since)
    for index, data, *by_day in connection.execute(statement):
        store, windows = asked[index]
        of_store = current.get(store.id, UNCHANGED)
        for day, starts_at, ends_at, version, kpis in _unpack(data):
            window = windows.get(day)
            if (
                window is not None
                and starts_at == window.start
                and ends_at == window.end
                and version == of_store.of(window)
            ):
                hourly = _rates_from_json(by_day[0][day.isoformat()]) if with_hourly_rates else None
                found[index][day] = StoreDay(kpis, hourly)
    return found


@lru_cache(maxsize=1000)
def _unpack(data: bytes) -> list[tuple[date, datetime, datetime, int, DayKpis]]:
    """Return packed rows: the day, its start, its end, the version of its data and its KPIs.

    They are kept: most of the days of a list of stores are those of the last request.
    """
    times, days = Times(), Days()
    rows = []
    for number, starts_at, ends_at, version, state, *others, residual, dwell_s, peak in _PACKED.unpack(data):
        kpis = DayKpis._make(
            (
                days[number],
                _STATES[state - 1],
                *others,
                None if residual == _NO_INTEGER else residual,
                None if isnan(dwell_s) else dwell_s,
                None if isnan(peak) else peak,
            )
        )
        rows.append((kpis.day, times[starts_at], times[ends_at], version, kpis))
    return rows


def write_store_days(
    connection: Connection, days: Iterable[tuple[ReadableStore, Window, DayKpis, HourlyRates, int]]
) -> None:
    """Store the KPIs of store-days: each with its store, its window, its rates and the version of its data."""
    rows = [
        (store.id, window.start, window.end, version, FORMULA_VERSION, _rates_to_json(rates), *kpis)
        for store, window, kpis, rates, version in days
    ]
    if not rows:
        return
    names = ["store_id", "starts_at", "ends_at", "data_version", "formula_version", "hourly_rates", *DayKpis._fields]
    types = {name: store_days.c[name].type for name in names} | {"hourly_rates": Text()}
    row = unnest_rows("new_day", types, rows).c  # VALUES would have a thousand parameters, and take twice as long
    values = [cast(row[name], store_days.c[name].type) if name == "hourly_rates" else row[name] for name in names]
    new = insert(store_days).from_select(names, select(*values))
    key = ["store_id", "day"]
    changed = {name: new.excluded[name] for name in names if name not in key}
    connection.execute(new.on_conflict_do_update(index_elements=key, set_=changed))


def _rates_to_json(rates: HourlyRates) -> str:
    return json.dumps([[*key, rate.visitors, rate.observed_hours] for key, rate in rates.items()])


def _rates_from_json(rates: Sequence[tuple[int, int, int, float]]) -> HourlyRates:
    return {(weekday, hour): HourlyRate(visitors, hours) for weekday, hour, visitors, hours in rates}
