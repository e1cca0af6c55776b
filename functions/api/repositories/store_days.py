"""The stored KPIs of store-days, and the versions of the data that they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, Uuid, cast, func, or_, select
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
    d = store_days.c
    statement = _select_valid_rows(store_days_of, d.kpis, *([d.hourly_rates] if with_hourly_rates else []))
    found: list[dict[date, StoredDay]] = [{} for _ in store_days_of]
    for index, rows in connection.execute(statement):
        for date_text, starts_at, ends_at, kpis, *rates in rows:
            day = date.fromisoformat(date_text)
            found[index][day] = StoredDay(
                _window(starts_at, ends_at),
                DayKpis.from_json(day, kpis),
                _rates_from_json(rates[0]) if with_hourly_rates else None,
            )
    return found


def list_stored_days(
    connection: Connection, store_days_of: Sequence[tuple[ReadableStore, date, date]]
) -> list[dict[date, Window]]:
    """Return for each query the store-days with a valid row, each with the window that it was computed for."""
    if not store_days_of:
        return []
    found: list[dict[date, Window]] = [{} for _ in store_days_of]
    for index, rows in connection.execute(_select_valid_rows(store_days_of)):
        found[index] = {date.fromisoformat(day): _window(starts_at, ends_at) for day, starts_at, ends_at in rows}
    return found


def _select_valid_rows(
    store_days_of: Sequence[tuple[ReadableStore, date, date]], *columns: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """Select for each query one array of rows: a league of a hundred stores has 3,000 of them."""
    d = store_days.c
    asked = unnest_rows(
        "asked",
        {"query_index": Integer(), "store_id": Uuid(), "first_day": Date(), "last_day": Date()},
        [(index, store.id, first, last) for index, (store, first, last) in enumerate(store_days_of)],
    )
    version = (
        select(func.coalesce(func.sum(versions.c.version), 0))
        .where(
            versions.c.store_id == d.store_id,
            or_(
                versions.c.utc_date == _WHOLE_HISTORY,
                versions.c.utc_date.between(_utc_date(d.starts_at), _utc_date(d.ends_at - _INSTANT)),
            ),
        )
        .scalar_subquery()
    )
    ends = (d.starts_at, d.ends_at)
    return (
        select(asked.c.query_index, func.jsonb_agg(func.jsonb_build_array(d.day, *map(_micros, ends), *columns)))
        .join(asked, asked.c.store_id == d.store_id)
        .where(
            d.day.between(asked.c.first_day, asked.c.last_day),
            d.formula_version == FORMULA_VERSION,
            d.data_version == version,
        )
        .group_by(asked.c.query_index)
    )


def read_data_versions(connection: Connection, windows: Sequence[tuple[ReadableStore, Window]]) -> list[int]:
    """Return for each window of a store the version of the data that its numbers rest on."""
    statement = select(versions.c.store_id, func.nullif(versions.c.utc_date, _WHOLE_HISTORY), versions.c.version).where(
        versions.c.store_id == any_of({store.id for store, _ in windows})
    )
    found: dict[tuple[UUID, date | None], int] = {
        (store_id, utc_date): version for store_id, utc_date, version in connection.execute(statement)
    }
    return [
        sum(found.get((store.id, utc_date), 0) for utc_date in (None, *_utc_dates(window))) for store, window in windows
    ]


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


def _window(starts_at: int, ends_at: int) -> Window:
    return Window(_EPOCH + starts_at * _INSTANT, _EPOCH + ends_at * _INSTANT)


def _utc_date(at: ColumnElement[datetime]) -> ColumnElement[date]:
    return cast(func.timezone("UTC", at), Date)


def _utc_dates(window: Window) -> list[date]:
    first, last = window.start.date(), (window.end - _INSTANT).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _rates_from_json(rates: Sequence[tuple[int, int, int, float]]) -> HourlyRates:
    return {(weekday, hour): HourlyRate(visitors, hours) for weekday, hour, visitors, hours in rates}
