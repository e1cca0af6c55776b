"""What the queries read: aggregates, and the events of a few minutes at most, however many are stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from tests.factories import Event, insert_events
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture

DAYS = 120


@pytest.fixture
def old(create_store: CreateStore) -> StoreFixture:
    """A store with four months of crossings, all in the aggregates, most in the columnstore; corrected twice."""
    store = create_store(timezone="Asia/Kathmandu")
    start = store.now - timedelta(days=DAYS)
    moments = [start + timedelta(hours=n / 2) for n in range(DAYS * 48)]
    insert_events(store.connection, store.store_id, store.camera_id, [Event(at) for at in moments])
    store.add_crossings()
    store.connection.execute(
        "SELECT compress_chunk(c, if_not_compressed => true) FROM show_chunks('events', older_than => %s) c",
        [store.now - timedelta(days=12)],
    )
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) SELECT %s, unnest(%s::timestamptz[]), 3",
        [store.store_id, [store.now - timedelta(days=days) for days in (3, 16)]],
    )
    return store


@pytest.fixture
def statements() -> Iterator[list[tuple[str, Any]]]:
    """The statements that the API runs, as the driver gets them."""
    seen: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, statement: str, parameters: object, *___: object) -> None:
        seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


PATHS = [
    "/stores",
    "/live/{}",
    "/dashboard/{}",
    "/dashboard/{}?period=week",
    "/dashboard/{}?period=month",
    "/dashboard/{}?period=month&compare=year",
    "/stores/{}/footfall?from=2026-11-01&to=2026-11-18&interval=15m",
    "/stores/{}/footfall?from=2026-11-01T00:10&to=2026-11-18T00:10&interval=hour",
    "/stores/{}/footfall?from=2026-01-01&to=2026-11-18&interval=day",
    "/stores/{}/forecast",
]


def test_no_route_reads_more_events_than_a_few_quarter_hours_hold(
    old: StoreFixture, statements: list[tuple[str, Any]]
) -> None:
    scans = 0
    for path in PATHS:
        statements.clear()
        old.get(path)
        assert any("footfall_15m" in statement for statement, _ in statements), path
        for statement, parameters in list(statements):
            if "events" in statement or "footfall" in statement:
                scans += check(old, path, statement, parameters)
    assert scans > 0  # the day in progress does read a few


def test_the_live_occupancy_reads_the_crossings_of_undecided_quarter_hours_in_one_statement(
    old: StoreFixture, statements: list[tuple[str, Any]]
) -> None:
    today = old.local(2026, 11, 18)  # an IN every half hour; the first exit comes when nobody is inside
    insert_events(old.connection, old.store_id, old.camera_id, [Event(today + timedelta(minutes=1), "OUT")])
    old.add_crossings()
    other = old.add_camera(is_counting_line=False)
    insert_events(old.connection, old.store_id, other, [Event(today + timedelta(minutes=2), "OUT")])
    for path in ("/live/{}", "/stores"):
        statements.clear()
        answer = old.get(path)
        answer = answer["stores"][0] if path == "/stores" else answer
        assert answer["unmatched_exits"] == 1
        (read,) = [found for found in statements if "window_of_store" in found[0]]
        row = old.connection.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + read[0], read[1]).fetchone()
        assert row is not None
        scans = [node for node in walk(row[0][0]["Plan"]) if is_event_chunk(old, node)]
        assert scans
        assert all(node["Node Type"] != "Seq Scan" for node in scans)
        assert sum(node["Actual Rows"] * node["Actual Loops"] for node in scans) <= 4  # two crossings, in two nodes


@pytest.mark.parametrize("query", [{}, {"period": "day", "compare": "previous"}], ids=["today", "compared"])
def test_many_stores_cost_as_many_statements_of_the_same_text_as_one(
    create_store: CreateStore, statements: list[tuple[str, Any]], query: dict[str, str]
) -> None:
    store = create_store()
    store.get("/stores", **query)
    statements.clear()
    store.get("/stores", **query)
    of_one = [statement for statement, _ in statements]
    store.connection.execute(
        "WITH store AS ("
        "INSERT INTO stores (name, timezone) SELECT 'Branch', 'UTC' FROM generate_series(1, 119) RETURNING id), "
        "member AS (INSERT INTO store_members (store_id, user_id) SELECT id, %(owner)s FROM store)"
        " INSERT INTO cameras (store_id, name, last_seen_at, delivered_until)"
        " SELECT id, 'Door', %(now)s, %(now)s FROM store",
        {"owner": store.owner, "now": store.now},
    )
    statements.clear()
    assert len(store.get("/stores", **query)["stores"]) == 120
    assert [statement for statement, _ in statements] == of_one


def check(store: StoreFixture, path: str, statement: str, parameters: Any) -> int:
    """Returns how many scans of event chunks there are in the plan."""
    row = store.connection.execute(
        "EXPLAIN (ANALYZE, FORMAT JSON) " + statement,
        parameters,
    ).fetchone()
    assert row is not None
    on_events = [node for node in walk(row[0][0]["Plan"]) if is_event_chunk(store, node)]
    for node in on_events:
        assert node["Node Type"] != "Seq Scan", (path, json.dumps(node, indent=1))
    # A quarter-hour holds at most one crossing here; at most six are cut, and an hour is not in the aggregate yet.
    assert sum(node["Actual Rows"] * node["Actual Loops"] for node in on_events) <= 8, path
    # From the older correction, 16 days ago, until now there are three or four weeks, of seventeen.
    chunks = {node["Relation Name"] for node in on_events} - {"events"}
    assert len(chunks) <= 4, f"{path}: chunks are not excluded"
    return len(on_events)


def walk(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from walk(part)


def is_event_chunk(store: StoreFixture, node: dict[str, Any]) -> bool:
    name = node.get("Relation Name", "")
    found = re.fullmatch(r"_hyper_(\d+)_\d+_chunk", name)
    if not found:
        return bool(name == "events")
    row = store.connection.execute(
        "SELECT table_name FROM _timescaledb_catalog.hypertable WHERE id = %s", [int(found[1])]
    ).fetchone()
    return bool(row and row[0] == "events")
