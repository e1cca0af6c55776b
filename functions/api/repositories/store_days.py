"""The stored KPIs of store-days, and the versions of the data that they rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import store_data_versions as versions
from db.timescale.tables import store_days
from functions.api.kpi.day_kpis import FORMULA_VERSION, DayKpis, HourlyRates
from functions.api.kpi.hourly_rates import HourlyRate
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import any_of, unnest_rows
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_WHOLE_HISTORY = cast("-infinity", Date)
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoredDay:
    """The stored KPIs of a store-day.

    Attributes:
        window: the store-day that they were computed for.
        kpis: the KPIs.
        hourly_rates: the rates by (weekday, hour); None when they were not read.
    """

    window: Window
    kpis: DayKpis
    hourly_rates: HourlyRates | None


def read_store_days(
    connection: Connection, store_days_of: Sequence[tuple[ReadableStore, date, date]], *, with_hourly_rates: bool
) -> list[dict[date, StoredDay]]:
    """Return for each query the valid rows from a first to a last store-day of a store, in one statement.

    Args:
        connection: the connection of the request.
        store_days_of: the stores, each with the first and the last day.
        with_hourly_rates: whether the rates are needed too; they are most of a row.
    """
    if not store_days_of:
        return []
    columns = [store_days.c.kpis, *([store_days.c.hourly_rates] if with_hourly_rates else [])]
    found: list[dict[date, StoredDay]] = [{} for _ in store_days_of]
    for index, day, window, (kpis, *rates) in _read_valid_rows(connection, store_days_of, columns):
        found[index][day] = StoredDay(
            window, DayKpis.from_json(day, kpis), _rates_from_json(rates[0]) if with_hourly_rates else None
        )
    return found


def list_stored_days(
    connection: Connection, store_days_of: Sequence[tuple[ReadableStore, date, date]]
) -> list[dict[date, Window]]:
    """Return for each query the store-days with a valid row, each with the window that it was computed for."""
    found: list[dict[date, Window]] = [{} for _ in store_days_of]
    for index, day, window, _ in _read_valid_rows(connection, store_days_of, ()):
        found[index][day] = window
    return found


def _read_valid_rows(
    connection: Connection,
    store_days_of: Sequence[tuple[ReadableStore, date, date]],
    columns: Sequence[ColumnElement[Any]],
) -> Iterator[tuple[int, date, Window, list[Any]]]:
    """Yield the index of the query, the day, its window and some columns of each valid row.

    The rows of a query arrive as one array: a league of a hundred stores has 3,000 of them.
    """
    if not store_days_of:
        return
    d = store_days.c
    asked = unnest_rows(
        "asked",
        {"query_index": Integer(), "store_id": Uuid(), "first_day": Date(), "last_day": Date()},
        [(index, store.id, first, last) for index, (store, first, last) in enumerate(store_days_of)],
    )
    row = func.jsonb_build_array(d.day, _micros(d.starts_at), _micros(d.ends_at), d.data_version, *columns)
    statement = (
        select(asked.c.query_index, func.jsonb_agg(row))
        .join_from(asked, store_days, store_days.c.store_id == asked.c.store_id)
        .where(d.day.between(asked.c.first_day, asked.c.last_day), d.formula_version == FORMULA_VERSION)
        .group_by(asked.c.query_index)
    )
    current = _read_versions(connection, (store for store, _, _ in store_days_of))
    for index, rows in connection.execute(statement):
        of_store = current.get(store_days_of[index][0].id, {})
        for day, starts_at, ends_at, version, *values in rows:
            window = Window(_EPOCH + starts_at * _INSTANT, _EPOCH + ends_at * _INSTANT)
            if version == _version_of(of_store, window):
                yield index, date.fromisoformat(day), window, values


def read_data_versions(connection: Connection, windows: Sequence[tuple[ReadableStore, Window]]) -> list[int]:
    """Return for each window of a store the version of the data that its numbers rest on."""
    current = _read_versions(connection, (store for store, _ in windows))
    return [_version_of(current.get(store.id, {}), window) for store, window in windows]


def _read_versions(connection: Connection, stores: Iterable[ReadableStore]) -> dict[UUID, dict[date | None, int]]:
    """Return for each store the versions by UTC date; None is the whole history."""
    statement = select(versions.c.store_id, func.nullif(versions.c.utc_date, _WHOLE_HISTORY), versions.c.version)
    found: dict[UUID, dict[date | None, int]] = {}
    for store_id, utc_date, version in connection.execute(
        statement.where(versions.c.store_id == any_of({store.id for store in stores}))
    ):
        found.setdefault(store_id, {})[utc_date] = version
    return found


def _version_of(of_store: Mapping[date | None, int], window: Window) -> int:
    version = of_store.get(None, 0)
    first, last = window.start.date(), (window.end - _INSTANT).date()
    while first <= last:
        version += of_store.get(first, 0)
        first += _DAY
    return version


def write_store_days(
    connection: Connection, days: Iterable[tuple[ReadableStore, Window, DayKpis, HourlyRates, int]]
) -> None:
    """Store the KPIs of store-days: each with its store, its window, its rates and the version of its data."""
    rows = [
        {
            "store_id": store.id,
            "day": kpis.day,
            "starts_at": window.start,
            "ends_at": window.end,
            "data_version": version,
            "formula_version": FORMULA_VERSION,
            "kpis": kpis.as_json(),
            "hourly_rates": [[*key, rate.visitors, rate.observed_hours] for key, rate in rates.items()],
        }
        for store, window, kpis, rates, version in days
    ]
    if not rows:
        return
    new = insert(store_days).values(rows)
    changed = ("starts_at", "ends_at", "data_version", "formula_version", "kpis", "hourly_rates", "computed_at")
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["store_id", "day"], set_={name: new.excluded[name] for name in changed}
        )
    )


def _micros(at: ColumnElement[datetime]) -> ColumnElement[int]:
    return cast(func.date_part("epoch", at) * 1e6, BigInteger)


def _rates_from_json(rates: Sequence[tuple[int, int, int, float]]) -> HourlyRates:
    return {(weekday, hour): HourlyRate(visitors, hours) for weekday, hour, visitors, hours in rates}
