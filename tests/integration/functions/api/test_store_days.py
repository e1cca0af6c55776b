"""`store_days` holds what would be computed without it, after any sequence of late data, corrections and changes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from db.timescale.aggregate_refresh import refresh_range
from functions.api import store_days_job
from functions.api.kpi.day_kpis import StoreDay
from functions.api.kpi.enums import Period
from functions.api.kpi.store_day import compute_day_kpis, compute_hourly_rates
from functions.api.kpi.window import Window
from functions.api.repositories.data_versions import read_data_versions
from functions.api.services.footfall_query import FootfallQuery, query_footfall
from functions.api.services.store_days import StoreDaysQuery, get_store_days, list_missing_days
from functions.api.services.store_settings import parse_store_settings
from functions.api.store_days_job import StoreDaysError, compute_all_store_days, compute_days_of_stores
from functions.common.app import Application
from functions.common.database import Database
from functions.common.tenancy import list_all_stores
from tests.database import run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_store
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture

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


@pytest.fixture
def database(app: Application) -> Database:
    """The database of the API."""
    found: Database = app.state.database
    return found


@pytest.fixture
def store(database: Database, create_store: CreateStore) -> StoreFixture:
    """A store with opening hours and visits on each day."""
    hours = {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}
    made = create_store(timezone="Europe/Rome", opening_hours=hours, camera=False)
    made.camera_id = made.add_camera(created_at=START)
    made.connection.execute(
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames)"
        " SELECT minute, %s, %s, 600 FROM generate_series(%s, %s, interval '1 minute') minute",
        [made.camera_id, made.store_id, START + 6 * HOUR, made.now],
    )
    draw = random.Random(1)  # noqa: S311 - a simulation
    came = [START + n * DAY + timedelta(minutes=draw.randint(7 * 60, 18 * 60)) for n in range(9) for _ in range(20)]
    left = [at + timedelta(minutes=draw.randint(2, 90)) for at in came]
    crossings = [(at, "IN") for at in came] + [(at, "OUT") for at in left]
    made.connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " SELECT ts, %s, %s, gen_random_uuid(), direction"
        " FROM unnest(%s::timestamptz[], %s::text[]) AS crossing (ts, direction) WHERE ts < %s",
        [made.camera_id, made.store_id, [at for at, _ in crossings], [way for _, way in crossings], made.now],
    )
    made.refresh_aggregates(START, made.now)  # at once; the job would need several runs
    return made


def test_the_job_stores_each_day_that_is_over_and_delivered_once(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    assert days.missing() == [FIRST + n * DAY for n in range(7)]
    days.compute()
    assert days.missing() == []
    assert read(days.with_table()) == plain(days.without_table())
    assert days.compute() == 0


def change_visitors(store: StoreFixture, visitors: int) -> None:
    """Change the visitors of a stored day."""
    store.connection.execute(
        "UPDATE store_days SET visitors = %s WHERE store_id = %s AND day = '2026-11-13'", [visitors, store.store_id]
    )


def test_a_stored_day_is_read_instead_of_computed(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    change_visitors(store, 12345)
    visitors = {day.kpis.day: day.kpis.visitors for day in days.with_table()}
    assert (visitors[date(2026, 11, 13)], visitors[date(2026, 11, 14)]) == (12345, 20)


@pytest.mark.parametrize("bound", ["starts_at", "ends_at"])
def test_a_stored_day_of_other_time_zone_data_is_not_read(store: StoreFixture, database: Database, bound: str) -> None:
    days = StoreDays(store, database)
    days.compute()
    change_visitors(store, 12345)
    statement = f"UPDATE store_days SET {bound} = {bound} - interval '1 hour' WHERE store_id = %s"
    store.connection.execute(statement.encode(), [store.store_id])
    assert read(days.with_table()) == plain(days.without_table())


def _use_line(store: StoreFixture, at: datetime, version: int) -> None:
    store.connection.execute(
        "INSERT INTO camera_line_minutes (camera_id, day, line_version, first_minute, last_minute)"
        " VALUES (%(camera)s, %(at)s::date, 1, %(at)s, %(at)s), (%(camera)s, %(at)s::date, %(version)s, %(at)s, %(at)s)"
        " ON CONFLICT (camera_id, day, line_version)"
        " DO UPDATE SET last_minute = greatest(camera_line_minutes.last_minute, excluded.last_minute)",
        {"camera": store.camera_id, "at": at, "version": version},
    )


def _set_special_day(store: StoreFixture, at: datetime, opening_hours: str | None) -> None:
    store.connection.execute(
        "INSERT INTO special_days (store_id, day, opening_hours, note) VALUES (%s, %s, %s, 'Note')"
        " ON CONFLICT (store_id, day) DO UPDATE SET opening_hours = excluded.opening_hours",
        [store.store_id, at.date(), opening_hours],
    )


def _load_history(store: StoreFixture, at: datetime) -> None:
    store.connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'IN')",
        [at, store.camera_id, store.store_id, uuid4()],
    )
    refresh_range(store.connection, at, at)


CHANGES: dict[str, Callable[[StoreFixture, datetime], Any]] = {
    "a late crossing": lambda store, at: store.add_late_crossings(ins=[at]),
    "late crossings of two weeks in a batch": lambda store, at: store.add_late_crossings(ins=[START + 6 * DAY, at]),
    "a late crossing and a refresh": lambda store, at: store.add_crossings(outs=[at]),
    "late minutes": lambda store, at: store.add_observed_minutes(
        at, at + HOUR, make_camera(store.connection, store.store_id, created_at=START, delivered_until=store.now)
    ),
    "a correction": lambda store, at: store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, 7)", [store.store_id, at]
    ),
    "a correction that is taken back": lambda store, _at: store.connection.execute(
        "DELETE FROM occupancy_resets WHERE store_id = %s", [store.store_id]
    ),
    "other opening hours": lambda store, at: store.change_settings(at, opening_hours={"mon": [["10:00", "12:00"]]}),
    "another time after closing": lambda store, at: store.change_settings(
        at, opening_hours={"mon": [["10:00", "12:00"]], "wed": [["09:00", "11:00"]]}, closing_grace_minutes=15
    ),
    "another time zone": lambda store, at: store.change_settings(at, timezone="Asia/Kathmandu", day_start=time(4)),
    "a camera that stops counting": lambda store, at: store.connection.execute(
        "UPDATE camera_counting_periods SET counts_until = date_bin('15 minutes', %s, 'epoch')"
        " WHERE store_id = %s AND counts_from < %s",
        [at, store.store_id, at - DAY],
    ),
    "a second camera": lambda store, at: insert_events(
        store.connection, store.store_id, store.add_camera(created_at=at - DAY), [Event(at)]
    ),
    "a camera that has not delivered": lambda store, at: store.connection.execute(
        "UPDATE cameras SET delivered_until = %s WHERE id = %s", [at, store.camera_id]
    ),
    "a camera that has delivered": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET delivered_until = %s WHERE store_id = %s", [store.now, store.store_id]
    ),
    "an archived camera": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET archived_at = now() WHERE id = %s", [store.camera_id]
    ),
    "a restored camera": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET archived_at = NULL WHERE id = %s", [store.camera_id]
    ),
    "another line": lambda store, at: _use_line(store, at, 2),
    "other hours on a special day": lambda store, at: _set_special_day(store, at, '[["10:00", "11:30"]]'),
    "a special day on which the store is closed": lambda store, at: _set_special_day(store, at, "[]"),
    "a special day with a note only": lambda store, at: _set_special_day(store, at, None),
    "no special days": lambda store, _at: store.connection.execute(
        "DELETE FROM special_days WHERE store_id = %s", [store.store_id]
    ),
    "a public holiday on which the store is closed": lambda store, at: store.connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Holiday', true)"
        " ON CONFLICT (store_id, day) DO UPDATE SET is_closed = NOT public_holidays.is_closed",
        [store.store_id, at.date()],
    ),
    "the flag of the counting line": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET is_counting_line = NOT is_counting_line WHERE id = %s", [store.camera_id]
    ),
    "another start of the store-days": lambda store, at: store.change_settings(at, day_start=time(4, 30)),
    "a zone across the date line": lambda store, at: store.change_settings(at, timezone="Pacific/Apia"),
    "loaded history": _load_history,
    "a refresh": lambda store, _at: run_refresh_job(store.connection),
}


DASHBOARDS = (
    {"period": "week"},
    {"period": "week", "match": "date"},
    {"period": "month"},
    {"period": "month", "match": "date", "compare": "year"},
    {"period": "quarter"},
    {"period": "year"},
    {"period": "last7"},
    {"period": "last28", "compare": "none"},
    {"from": "2026-11-11", "to": "2026-11-15", "compare": "previous"},
    {"from": "2026-11-14", "to": "2026-11-20", "match": "date"},
)
LEAGUES = (
    {"period": "week"},
    {"period": "month"},
    {"period": "quarter"},
    {"period": "day"},
    {"period": "day", "date": "2026-11-13"},
    {"period": "last7", "date": "2026-11-16"},
    {"period": "day", "compare": "previous"},
    {"period": "week", "compare": "previous"},
    {"period": "last7", "date": "2026-11-16", "compare": "previous", "match": "date"},
    {"period": "month", "compare": "year"},
)
SOME_DAYS = {"filled": "true", "half filled": "mod(extract(day FROM day), 2) = 0", "empty": "false"}


def compare_dashboards(days: StoreDays, queries: Sequence[dict[str, str]]) -> None:
    """Assert that the dashboards are the same, byte for byte, whichever days are stored."""
    for query in queries:
        compare_answers(days, "/dashboard/{}", query)


def compare_answers(days: StoreDays, path: str, query: dict[str, str]) -> None:
    """Assert that the answers of a route are the same, byte for byte, whichever days are stored."""
    filled, half_filled, empty = (days.answer(path, query, condition) for condition in SOME_DAYS.values())
    assert json.dumps(filled) == json.dumps(empty), query
    assert json.dumps(half_filled) == json.dumps(empty), query


def test_a_dashboard_is_the_same_whichever_days_are_stored(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    compare_dashboards(days, DASHBOARDS)


def test_the_list_of_stores_is_the_same_whichever_days_are_stored(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    for query in LEAGUES:
        compare_answers(days, "/stores", query)


def test_the_list_of_stores_reads_the_days_that_are_stored(store: StoreFixture, database: Database) -> None:
    StoreDays(store, database).compute()
    change_visitors(store, 1020)
    for query in LEAGUES[1:3]:
        (summary,) = store.get("/stores", **query)["stores"]
        assert summary["period"]["visitors"] >= 1000


def test_a_dashboard_reads_the_days_that_are_stored(store: StoreFixture, database: Database) -> None:
    StoreDays(store, database).compute()
    before = store.dashboard(period="month")["kpis"]["visitors"]["value"]
    change_visitors(store, 1020)
    for period in ("month", "quarter", "year", "last7"):
        assert store.dashboard(period=period)["kpis"]["visitors"]["value"] >= 1000
    assert store.dashboard(period="month")["kpis"]["visitors"]["value"] == before + 1000


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_the_days_are_those_that_are_computed(
    store: StoreFixture, database: Database, name: str
) -> None:
    days = StoreDays(store, database)
    days.compute()
    CHANGES[name](store, datetime(2026, 11, 12, 9, 20, tzinfo=UTC))
    assert read(days.with_table()) == plain(days.without_table())
    days.compute()
    assert read(days.with_table()) == plain(days.without_table())


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_after_random_changes_the_days_are_those_that_are_computed(
    store: StoreFixture, database: Database, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    days = StoreDays(store, database)
    at = datetime(2026, 11, 11, tzinfo=UTC)
    for _ in range(12):
        at += timedelta(minutes=draw.randint(30, 16 * 60))
        name = draw.choice(list(CHANGES))
        CHANGES[name](store, at)
        if draw.random() < 0.6:
            days.compute()
        assert read(days.with_table()) == plain(days.without_table()), name
        if draw.random() < 0.5:
            compare_dashboards(days, [draw.choice(DASHBOARDS)])
        else:
            compare_answers(days, "/stores", draw.choice(LEAGUES))


def test_a_change_while_the_job_computes_makes_what_it_stores_invalid(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    day = date(2026, 11, 13)
    with database.connect() as connection:
        query = days.query(connection)
        before = read_data_versions(connection, [(query.store, query.settings.clock.day_window(day))])[0]
    days.compute()
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, '2026-11-13 10:00+00', 50)",
        [store.store_id],
    )
    # The row rests on the version of its snapshot, also when it is written after the change.
    store.connection.execute(
        "UPDATE store_days SET data_version = %s, computed_at = now() WHERE store_id = %s AND day = %s",
        [before, store.store_id, day],
    )
    assert read(days.with_table()) == plain(days.without_table())
    assert day in days.missing()


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


def test_the_stored_days_of_a_change_of_the_clocks_are_valid(database: Database, create_store: CreateStore) -> None:
    store = create_store(timezone="Europe/Rome", day_start=time(5), camera=False)
    store.add_camera(created_at=datetime(2026, 10, 20, tzinfo=UTC))
    days = StoreDays(store, database)
    days.compute()
    lengths = store.connection.execute(
        "SELECT extract(hour FROM ends_at - starts_at)::int + 24 * extract(day FROM ends_at - starts_at)::int"
        " FROM store_days WHERE store_id = %s ORDER BY day",
        [store.store_id],
    ).fetchall()
    assert lengths == [(24,)] * 5 + [(25,)] + [(24,)] * 24
    with database.connect() as connection:
        query = days.query(connection)
        assert list_missing_days(connection, [(query.store, query.settings)], store.now, 1000) == []
    store.connection.execute(
        "UPDATE store_days SET ends_at = ends_at - interval '1 hour' WHERE store_id = %s AND day = '2026-10-24'",
        [store.store_id],
    )
    assert days.compute() == 1


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


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "computed"])
def test_a_list_of_stores_with_a_period_has_the_numbers_of_the_dashboards(
    store: StoreFixture, database: Database, stored: bool
) -> None:
    if stored:
        StoreDays(store, database).compute()
    for period, day in (("week", "2026-11-12"), ("month", None), ("day", None)):
        query = {"period": period} | ({"date": day} if day else {})
        (summary,) = store.get("/stores", **query)["stores"]
        shown = store.dashboard(**query, compare="none")
        names = ("visitors", "exits", "dwell_s", "occupancy_average", "balance")
        found = {name: summary["period"][name] for name in names}
        assert found == {name: pytest.approx(shown["kpis"][name]["value"]) for name in names}
        assert summary["period"]["coverage"] == pytest.approx(shown["coverage"])
        assert {name: summary["period"][name] for name in ("start", "end", "until")} == {
            name: shown["window"][name] for name in ("start", "end", "until")
        }
    assert store.get("/stores")["stores"][0]["period"] is None


@pytest.mark.parametrize("query", [query for query in LEAGUES if "compare" in query], ids=str)
def test_a_list_of_stores_is_compared_as_the_dashboards_are(store: StoreFixture, query: dict[str, str]) -> None:
    listed, shown = store.listed_period(**query), store.dashboard(**query)
    assert shown["kpis"]["visitors"]["value"] > 0
    assert listed["compare"]["visitors"] == shown["kpis"]["visitors"]
    for name in ("mode", "match", "date", "start", "end", "days", "days_left_out"):
        assert listed["compare"][name] == shown["compare"][name], name
    without = {name: value for name, value in query.items() if name != "compare"}
    assert store.listed_period(**without) == {**listed, "compare": None}


def test_a_comparison_of_a_list_of_stores_needs_a_period(store: StoreFixture) -> None:
    assert store.validation_errors("/stores", compare="previous") == [(["query", "compare"], "needs_period")]


def test_a_list_of_stores_of_a_future_day_is_refused(store: StoreFixture) -> None:
    answer = store.client.get("/stores", params={"period": "day", "date": "2030-01-01"}, headers=store.headers)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", "date"])


def test_a_range_is_not_a_period_of_the_list_of_stores(store: StoreFixture, app: Application) -> None:
    (period,) = (each for each in app.openapi()["paths"]["/stores"]["get"]["parameters"] if each["name"] == "period")
    offered = {value for choice in period["schema"]["anyOf"] for value in choice.get("enum", ())}
    assert offered == {each.value for each in Period} - {"range"}
    assert store.validation_errors("/stores", period="range")[0][0] == ["query", "period"]
