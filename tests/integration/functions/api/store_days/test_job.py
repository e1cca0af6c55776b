"""The job that computes the store-days: each day that is over and delivered, once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from functions.api import store_days_job
from functions.api.services.store_days import list_missing_days
from functions.api.store_days_job import StoreDaysError, compute_all_store_days, compute_days_of_stores
from functions.common.database import Database
from functions.common.tenancy import list_all_stores
from tests.factories import make_store
from tests.integration.functions.api.store_days.days import DAY, FIRST, START, StoreDays, plain, read
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture


def test_the_job_stores_each_day_that_is_over_and_delivered_once(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    assert days.missing() == [FIRST + n * DAY for n in range(7)]
    days.compute()
    assert days.missing() == []
    assert read(days.with_table()) == plain(days.without_table())
    assert days.compute() == 0


def test_a_run_that_ends_early_has_stored_the_newest_days_and_the_next_run_the_others(
    store: StoreFixture, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = StoreDays(store, database)
    monkeypatch.setattr(store_days_job, "DAYS_PER_TRANSACTION", 3)
    left = iter([0.0, 0.0, 0.0, 1e9])  # the run begins, two transactions begin, then its time is over
    monkeypatch.setattr(store_days_job, "monotonic", lambda: next(left))
    assert days.compute() == 6
    monkeypatch.undo()
    assert days.missing() == [FIRST]
    days.compute()
    assert days.missing() == []


def test_only_the_newest_missing_days_are_listed(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    with database.connect() as connection:
        query = days.query(connection)
        missing = list_missing_days(connection, [(query.store, query.settings)], store.now, 3)
    assert [each.day for each in missing] == [date(2026, 11, day) for day in (17, 16, 15)]


def test_a_run_without_missing_days_reads_no_stored_numbers(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    seen: list[tuple[str, int]] = []

    def note(_: Connection, cursor: Any, statement: str, __: object, ___: object, ____: object) -> None:
        if "FROM store_days" in statement:
            seen.append((statement, cursor.rowcount))

    event.listen(Engine, "after_cursor_execute", note)
    try:
        assert days.compute() == 0
    finally:
        event.remove(Engine, "after_cursor_execute", note)
    ((statement, rows),) = seen
    assert rows == 0
    assert "visitors" not in statement


def test_a_day_that_is_not_delivered_is_not_computed_at_each_run(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    delivered = store.local(2026, 11, 15, 10)
    store.connection.execute("UPDATE cameras SET delivered_until = %s WHERE id = %s", [delivered, store.camera_id])
    assert days.missing() == [FIRST + n * DAY for n in range(4)]
    second = store.add_camera(created_at=START)  # the other camera has left: nothing more comes from it
    store.connection.execute("UPDATE cameras SET archived_at = now() WHERE id = %s", [store.camera_id])
    assert days.missing() == [FIRST + n * DAY for n in range(7)]
    store.connection.execute("UPDATE cameras SET delivered_until = NULL WHERE id = %s", [second])
    assert days.missing() == [FIRST + n * DAY for n in range(7)]


def test_the_days_of_many_stores_are_computed_in_the_statements_of_one(
    store: StoreFixture, database: Database, create_store: CreateStore
) -> None:
    seen: list[str] = []

    def note(_: Connection, __: object, statement: str, ___: object, ____: object, _____: object) -> None:
        seen.append(statement)

    others = [create_store(timezone=zone, camera=False) for zone in ("Asia/Tokyo", "America/Lima", "Europe/Rome")]
    for other in others:
        other.add_camera(created_at=START)
    with database.connect() as connection:
        wanted = {store.store_id, *(other.store_id for other in others)}
        stores = [row for row in list_all_stores(connection) if row.id in wanted]
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert compute_days_of_stores(database, stores, store.now) >= 4 * 7
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) <= 15


def test_a_store_with_an_unknown_time_zone_is_named_after_all_others_were_computed(
    store: StoreFixture, database: Database
) -> None:
    other = make_store(store.connection, timezone="Mars/Olympus")
    with pytest.raises(StoreDaysError, match=f"{other}.*Mars/Olympus"):
        compute_all_store_days(database, store.now, max_run_s=0)
    store.connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [other])
