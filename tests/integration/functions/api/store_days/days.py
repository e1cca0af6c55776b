"""The store-days of a store: those of the table `store_days`, and those that are computed without it."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from functions.api.kpi.day_kpis import StoreDay
from functions.api.kpi.store_day import compute_day_kpis, compute_hourly_rates
from functions.api.kpi.window import Window
from functions.api.services.footfall_query import FootfallQuery, query_footfall
from functions.api.services.store_days import StoreDaysQuery, get_store_days, list_missing_days
from functions.api.services.store_settings import parse_store_settings
from functions.api.store_days_job import compute_days_of_stores
from functions.common.database import Database
from functions.common.tenancy import list_all_stores
from tests.integration.functions.api.store_fixture import StoreFixture

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, LAST = date(2026, 11, 11), date(2026, 11, 18)
START = datetime(2026, 11, 10, tzinfo=UTC)


class StoreDays:
    """The store-days of one store: with the table, without it, and how many of the table are valid."""

    def __init__(self, store: StoreFixture, database: Database) -> None:
        self.store, self.database = store, database

    def compute(self) -> int:
        """Run the job for this store."""
        with self.database.connect() as connection:
            store = self.query(connection).store
        return compute_days_of_stores(self.database, [store], self.store.now)

    def with_table(self) -> list[StoreDay]:
        with self.database.connect() as connection:
            return get_store_days(connection, [self.query(connection)], self.store.now, with_hourly_rates=True)[0]

    def without_table(self) -> list[StoreDay]:
        with self.database.connect() as connection:
            query = self.query(connection)
            clock = query.settings.clock
            first = next(iter(query.windows(self.store.now).values()))
            window = Window(first.start, clock.day_window(LAST).end)
            asked = FootfallQuery(query.store, query.settings, window)
            (result,) = query_footfall(connection, [asked], self.store.now)
            return [
                StoreDay(compute_day_kpis(day, self.store.now), compute_hourly_rates(day, clock))
                for day in result.store_days(min(self.store.now, window.end))
            ]

    def missing(self) -> list[date]:
        with self.database.connect() as connection:
            query = self.query(connection)
            missing = list_missing_days(connection, [(query.store, query.settings)], self.store.now, 1000)
        assert [each.day for each in missing] == sorted((each.day for each in missing), reverse=True)
        return sorted(missing_day.day for missing_day in missing if missing_day.day >= FIRST)

    def answer(self, path: str, query: dict[str, str], days: str) -> Any:
        """Return the answer of a route when only those rows are valid whose day fulfils the condition."""
        switch = f"UPDATE store_days SET formula_version = -formula_version WHERE store_id = %s AND NOT ({days})"
        self.store.connection.execute(switch, [self.store.store_id])
        try:
            return self.store.get(path, **query)
        finally:
            self.store.connection.execute(switch, [self.store.store_id])

    def query(self, connection: Any) -> StoreDaysQuery:
        (store,) = (row for row in list_all_stores(connection) if row.id == self.store.store_id)
        return StoreDaysQuery(store, parse_store_settings(store), FIRST, LAST)


def plain(days: list[StoreDay]) -> list[Any]:
    return [
        (
            [pytest.approx(value) if isinstance(value, float) else value for value in day.kpis],
            {key: pytest.approx(astuple(rate)) for key, rate in (day.hourly_rates or {}).items()},
        )
        for day in days
    ]


def read(days: list[StoreDay]) -> list[Any]:
    return [(list(day.kpis), {key: astuple(rate) for key, rate in (day.hourly_rates or {}).items()}) for day in days]


def change_visitors(store: StoreFixture, visitors: int) -> None:
    """Change the visitors of a stored day."""
    store.connection.execute(
        "UPDATE store_days SET visitors = %s WHERE store_id = %s AND day = '2026-11-13'", [visitors, store.store_id]
    )
