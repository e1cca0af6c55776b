"""The stored KPIs of store-days, and the versions of the data that they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isnan
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Interval,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import store_data_versions as versions
from db.timescale.tables import store_days
from functions.api.kpi.day_kpis import FORMULA_VERSION, DayKpis, HourlyRates, StoreDay
from functions.api.kpi.day_runs import find_day_runs
from functions.api.kpi.enums import BucketState
from functions.api.kpi.hourly_rates import HourlyRate
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import any_of, unnest_rows
from functions.api.repositories.packed_rows import Days, PackedRows, Times
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_WHOLE_HISTORY = cast("-infinity", Date)
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_STATES = list(BucketState)
_NO_INTEGER = -(2**63)
_NO_FLOAT = cast("NaN", store_days.c.dwell_s.type)


def _kpi_columns() -> list[ColumnElement[Any]]:
    """Return the columns of the KPIs in the order of `DayKpis`, without NULL."""
    d = store_days.c
    special = {
        "state": func.array_position(literal([str(state) for state in _STATES], ARRAY(Text())), d.state, type_=Integer),
        "residual": func.coalesce(d.residual, literal(_NO_INTEGER, BigInteger())),
        "dwell_s": func.coalesce(d.dwell_s, _NO_FLOAT),
        "occupancy_peak": func.coalesce(d.occupancy_peak, _NO_FLOAT),
    }
    return [special.get(name, d[name]) for name in DayKpis._fields if name != "day"]


_PACKED = PackedRows([store_days.c[name] for name in ("day", "starts_at", "ends_at", "data_version")] + _kpi_columns())


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
    current = _read_versions(connection, (store for store, _ in asked), since)
    times, days = Times(), Days()
    for index, data, *by_day in connection.execute(statement):
        store, windows = asked[index]
        of_store = current.get(store.id, _UNCHANGED)
        for number, starts_at, ends_at, version, state, *others, residual, dwell_s, peak in _PACKED.unpack(data):
            day = days[number]
            window = windows.get(day)
            if (
                window is not None
                and times[starts_at] == window.start
                and times[ends_at] == window.end
                and version == of_store.of(window)
            ):
                hourly = _rates_from_json(by_day[0][day.isoformat()]) if with_hourly_rates else None
                kpis = DayKpis._make(
                    (
                        day,
                        _STATES[state - 1],
                        *others,
                        None if residual == _NO_INTEGER else residual,
                        None if isnan(dwell_s) else dwell_s,
                        None if isnan(peak) else peak,
                    )
                )
                found[index][day] = StoreDay(kpis, hourly)
    return found


def list_days_to_compute(
    connection: Connection, asked: Sequence[tuple[ReadableStore, Mapping[date, Window]]], limit: int
) -> list[tuple[int, date]]:
    """Return the newest store-days without a valid row: the index of the store, and the day.

    Args:
        connection: the connection.
        asked: the stores and the windows of their store-days.
        limit: the most days to return.
    """
    runs = [(index, store.id, *run) for index, (store, windows) in enumerate(asked) for run in find_day_runs(windows)]
    if not runs:
        return []
    run = unnest_rows(
        "run",
        {
            "query_index": Integer(),
            "store_id": Uuid(),
            "first_day": Date(),
            "days": Integer(),
            "starts_at": DateTime(timezone=True),
            "length": Interval(),
        },
        runs,
    )
    r = run.c
    numbers = func.generate_series(0, r.days - 1).table_valued(Column("number", Integer)).render_derived("numbers")
    starts_at = r.starts_at + numbers.c.number * r.length
    expected = (
        select(
            r.query_index,
            r.store_id,
            (r.first_day + numbers.c.number).label("day"),
            starts_at.label("starts_at"),
            (starts_at + r.length).label("ends_at"),
        )
        .join_from(run, numbers, true())
        .subquery("expected")
    )
    e, d, v = expected.c, store_days.c, versions.c
    version = (
        select(func.coalesce(func.sum(v.version), 0))
        .where(
            v.store_id == d.store_id,
            or_(
                v.utc_date == _WHOLE_HISTORY,
                v.utc_date.between(_utc_date(d.starts_at), _utc_date(d.ends_at - _INSTANT)),
            ),
        )
        .scalar_subquery()
    )
    is_valid = and_(
        d.store_id == e.store_id,
        d.day == e.day,
        d.starts_at == e.starts_at,
        d.ends_at == e.ends_at,
        d.formula_version == FORMULA_VERSION,
        d.data_version == version,
    )
    statement = (
        select(e.query_index, e.day)
        .where(~select(literal(1)).select_from(store_days).where(is_valid).exists())
        .order_by(e.day.desc(), e.query_index)
        .limit(limit)
    )
    return [(row.query_index, row.day) for row in connection.execute(statement)]


def _utc_date(at: ColumnElement[datetime]) -> ColumnElement[date]:
    return cast(func.timezone("UTC", at), Date)


def read_data_versions(connection: Connection, windows: Sequence[tuple[ReadableStore, Window]]) -> list[int]:
    """Return for each window of a store the version of the data that its numbers rest on."""
    current = _read_versions(connection, (store for store, _ in windows))
    return [current.get(store.id, _UNCHANGED).of(window) for store, window in windows]


@dataclass(frozen=True, slots=True)
class _Versions:
    """The versions of the data of a store.

    Attributes:
        whole_history: how often the whole history has changed.
        by_date: how often each UTC date has changed.
    """

    whole_history: int
    by_date: Mapping[date, int]

    def of(self, window: Window) -> int:
        """Return the version of the dates that a window overlaps."""
        version = self.whole_history
        if self.by_date:
            first, last = window.start.date(), (window.end - _INSTANT).date()
            while first <= last:
                version += self.by_date.get(first, 0)
                first += _DAY
        return version


_UNCHANGED = _Versions(0, {})


def _read_versions(
    connection: Connection, stores: Iterable[ReadableStore], since: date = date.min
) -> dict[UUID, _Versions]:
    """Return the versions of each store that has changed.

    Args:
        connection: the connection.
        stores: the stores.
        since: the first UTC date that is needed.
    """
    utc_date = func.nullif(versions.c.utc_date, _WHOLE_HISTORY)
    statement = select(versions.c.store_id, utc_date, versions.c.version).where(
        versions.c.store_id == any_of({store.id for store in stores}),
        or_(versions.c.utc_date >= since, versions.c.utc_date == _WHOLE_HISTORY),
    )
    rows: dict[UUID, dict[date | None, int]] = {}
    for store_id, changed, version in connection.execute(statement):
        rows.setdefault(store_id, {})[changed] = version
    return {
        store_id: _Versions(of_store.get(None, 0), {each: version for each, version in of_store.items() if each})
        for store_id, of_store in rows.items()
    }


def write_store_days(
    connection: Connection, days: Iterable[tuple[ReadableStore, Window, DayKpis, HourlyRates, int]]
) -> None:
    """Store the KPIs of store-days: each with its store, its window, its rates and the version of its data."""
    rows = [
        {
            "store_id": store.id,
            "starts_at": window.start,
            "ends_at": window.end,
            "data_version": version,
            "formula_version": FORMULA_VERSION,
            **kpis._asdict(),
            "hourly_rates": [[*key, rate.visitors, rate.observed_hours] for key, rate in rates.items()],
        }
        for store, window, kpis, rates, version in days
    ]
    if not rows:
        return
    new = insert(store_days).values(rows)
    key = ["store_id", "day"]
    changed = {column.name: new.excluded[column.name] for column in store_days.c if column.name not in key}
    connection.execute(new.on_conflict_do_update(index_elements=key, set_=changed))


def _rates_from_json(rates: Sequence[tuple[int, int, int, float]]) -> HourlyRates:
    return {(weekday, hour): HourlyRate(visitors, hours) for weekday, hour, visitors, hours in rates}
