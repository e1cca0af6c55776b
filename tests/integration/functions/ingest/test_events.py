"""POST /events, from the httpApi event to the rows in TimescaleDB."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.factories import make_camera
from tests.integration.functions.ingest.box import Box, Clock, handler_for, make_box, make_key

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def new_box(connection: Connection, database_url: str, clock: Clock) -> Callable[[], Box]:
    """Boxes of stores of their own, in front of one process."""
    handler = handler_for(database_url, clock)
    return lambda: make_box(connection, handler)


@pytest.fixture
def box(new_box: Callable[[], Box]) -> Box:
    return new_box()


def stored(connection: Connection, box: Box) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT ts, camera_id, event_id, direction, tracker_id FROM events WHERE store_id = %s ORDER BY ts",
        [box.store_id],
    ).fetchall()


def test_a_crossing_is_stored_as_it_was_sent(box: Box, connection: Connection) -> None:
    moment = datetime.now(UTC) - timedelta(minutes=1)
    sent = box.event(ts=moment.isoformat().replace("+00:00", "Z"), direction="OUT", tracker_id=-7)
    reply = box.send(sent)
    assert (reply.status, reply.body) == (200, {"inserted": 1, "duplicates": 0, "rejected": []})
    ((ts, camera_id, event_id, direction, tracker_id),) = stored(connection, box)
    assert (ts, camera_id, str(event_id)) == (moment, box.camera_id, sent["event_id"])
    assert (direction, tracker_id) == ("OUT", -7)


def test_a_crossing_without_a_tracker_is_stored(box: Box, connection: Connection) -> None:
    assert box.send(box.event(tracker_id=None)).body["inserted"] == 1
    assert stored(connection, box)[0][4] is None


def test_sending_a_batch_again_changes_nothing(box: Box, connection: Connection) -> None:
    batch = [box.event() for _ in range(50)]
    assert box.send(*batch).body == {"inserted": 50, "duplicates": 0, "rejected": []}
    assert box.send(*batch).body == {"inserted": 0, "duplicates": 50, "rejected": []}
    assert box.send(*batch, box.event()).body == {"inserted": 1, "duplicates": 50, "rejected": []}
    assert len(stored(connection, box)) == 51


def test_the_same_crossing_twice_in_one_batch_is_stored_once(box: Box, connection: Connection) -> None:
    event = box.event()
    assert box.send(event, event).body == {"inserted": 1, "duplicates": 1, "rejected": []}


def test_a_thousand_at_once_in_gzip(box: Box, connection: Connection) -> None:
    content = gzip.compress(json.dumps({"events": [box.event() for _ in range(1000)]}).encode())
    reply = box.ask("POST", "/events", content, headers={"Content-Encoding": "gzip"})
    assert (reply.status, reply.body["inserted"]) == (200, 1000)
    assert len(stored(connection, box)) == 1000


def test_bad_events_are_rejected_by_row_and_the_good_ones_are_stored(box: Box, connection: Connection) -> None:
    ahead = (datetime.now(UTC) + timedelta(minutes=6)).isoformat()
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    unknown = box.event(camera_id=str(uuid4()))
    batch = [box.event(), "rubbish", unknown, box.event(ts=ahead), box.event(ts=old), box.event()]
    reply = box.send(*batch)
    assert reply.status == 200
    assert reply.body["inserted"] == 2
    assert [(row["index"], row["reason"]) for row in reply.body["rejected"]] == [
        (1, "malformed"),
        (2, "unknown_camera"),
        (3, "future_timestamp"),
        (4, "too_old"),
    ]
    assert reply.body["rejected"][1]["event_id"] == unknown["event_id"]
    assert len(stored(connection, box)) == 2


def test_a_key_cannot_write_into_another_store_nor_learn_that_it_exists(
    new_box: Callable[[], Box], connection: Connection
) -> None:
    mine, theirs = new_box(), new_box()
    attempts = [
        mine.event(camera_id=str(theirs.camera_id)),
        mine.event(camera_id=str(theirs.camera_id), store_id=str(theirs.store_id)),
        mine.event(store_id=str(theirs.store_id)),
        mine.event(camera_id=str(uuid4())),
        mine.event(camera_id=str(uuid4()), store_id=str(uuid4())),
    ]
    reply = mine.send(*attempts)
    assert [row["reason"] for row in reply.body["rejected"]] == ["unknown_camera"] * 5
    assert set(reply.body) == {"inserted", "duplicates", "rejected"}
    assert stored(connection, theirs) == []


def test_a_camera_that_was_added_a_moment_ago_is_known(box: Box, connection: Connection) -> None:
    assert box.send(box.event()).status == 200  # now the process remembers the store's cameras
    added = make_camera(connection, box.store_id)
    assert box.send(box.event(camera_id=str(added))).body["inserted"] == 1


@pytest.mark.parametrize(
    "key", ["", "mk_", "mk_" + "a" * 43, "mk_" + "a" * 42, "MK_" + "a" * 43, "Bearer x", "mk_" + "é" * 43, "x" * 10_000]
)
def test_a_bad_key_is_one_answer_whatever_is_bad_about_it(box: Box, key: str) -> None:
    box.key = key
    reply = box.send(box.event())
    assert reply.status == 401
    assert reply.body["type"] == "bad_worker_key"
    assert key not in json.dumps(reply.body) or not key


def test_a_missing_key_is_the_same_answer(box: Box) -> None:
    event = {"requestContext": {"http": {"method": "POST", "path": "/events"}}, "rawPath": "/events", "headers": {}}
    answer = box.handler(event, None)
    box.key = "mk_" + "a" * 43
    assert answer["statusCode"] == 401
    assert json.loads(answer["body"]) == box.send(box.event()).body


def test_a_revoked_key_stops_within_a_minute(box: Box, connection: Connection, clock: Clock) -> None:
    assert box.send(box.event()).status == 200
    connection.execute("UPDATE worker_keys SET revoked_at = now() WHERE store_id = %s", [box.store_id])
    clock.now += 59
    assert box.send(box.event()).status == 401


def test_two_keys_live_during_a_rotation(box: Box, connection: Connection, clock: Clock) -> None:
    old, new = box.key, make_key(connection, box.store_id)
    for key in (old, new):
        box.key = key
        assert box.send(box.event()).status == 200
    connection.execute(
        "UPDATE worker_keys SET revoked_at = now() WHERE store_id = %s AND hint = %s", [box.store_id, old[-4:]]
    )
    clock.now += 60
    assert box.send(box.event()).status == 200
    box.key = old
    assert box.send(box.event()).status == 401


def test_the_keys_of_an_archived_store_stop(box: Box, connection: Connection, clock: Clock) -> None:
    assert box.send(box.event()).status == 200
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [box.store_id])
    clock.now += 60
    assert box.send(box.event()).status == 401


def test_the_last_use_is_recorded_without_a_write_per_request(box: Box, connection: Connection, clock: Clock) -> None:
    def last_use() -> tuple[datetime | None, str]:
        row = connection.execute(
            "SELECT last_used_at, xmin::text FROM worker_keys WHERE store_id = %s", [box.store_id]
        ).fetchone()
        assert row is not None
        return row[0], row[1]

    assert last_use()[0] is None
    box.send(box.event())
    used_at, version = last_use()
    assert used_at is not None
    for _ in range(5):
        clock.now += 60
        box.send(box.event())
    assert last_use() == (used_at, version)  # five lookups, and the row was not written again


def test_a_late_crossing_is_noted_so_that_its_buckets_are_pending(box: Box, connection: Connection) -> None:
    def notes() -> list[tuple[Any, ...]]:
        return connection.execute(
            "SELECT first_ts, last_ts FROM late_ranges WHERE store_id = %s ORDER BY hour", [box.store_id]
        ).fetchall()

    box.send(box.event())
    assert notes() == []
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=2)
    first, second, next_day = (hour + timedelta(minutes=minutes) for minutes in (10, 50, 24 * 60))
    batch = [box.event(ts=at.isoformat()) for at in (second, first, next_day)]
    assert box.send(*batch, box.event()).body == {"inserted": 4, "duplicates": 0, "rejected": []}
    assert notes() == [(first, second), (next_day, next_day)]  # each within its hour, and nothing between them
    assert box.send(*batch).body == {"inserted": 0, "duplicates": 3, "rejected": []}
    box.send(box.event(ts=hour.isoformat()), box.event(ts=(hour + timedelta(minutes=20)).isoformat()))
    assert notes() == [(hour, second), (next_day, next_day)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"[" * 500_000, 400),
        (b'{"events": [' + b"1," * 10, 400),
        (b"[]", 422),
        (b'{"events": []}', 422),
        (b'{"events": {}}', 422),
        (json.dumps({"events": [0] * 1001}).encode(), 413),
        (json.dumps({"events": [0] * 100_000}).encode(), 413),
        (b" " * (1 << 20) + b"{}", 413),
        (b"x" * (10 << 20), 413),
    ],
)
def test_an_envelope_that_cannot_be_taken_is_a_problem(box: Box, body: bytes, status: int) -> None:
    reply = box.ask("POST", "/events", body)
    assert reply.status == status
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.body["status"] == status


def test_a_body_is_not_read_before_the_key_is_known(box: Box) -> None:
    box.key = "mk_" + "a" * 43
    assert box.ask("POST", "/events", b"x" * (10 << 20)).status == 401


def test_nothing_is_stored_by_half_when_the_statement_fails(box: Box, connection: Connection) -> None:
    connection.execute(
        "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'out of room' USING ERRCODE = 'disk_full'; END $$"
    )
    connection.execute(
        "CREATE TRIGGER refuse_one BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.tracker_id = 666)"
        " EXECUTE FUNCTION refuse_one()"
    )
    try:
        reply = box.send(box.event(), box.event(tracker_id=666), box.event())
    finally:
        connection.execute("DROP TRIGGER refuse_one ON events")
        connection.execute("DROP FUNCTION refuse_one()")
    assert (reply.status, reply.body["type"]) == (503, "database_unavailable")
    assert reply.headers["Retry-After"]
    assert stored(connection, box) == []
    assert box.send(box.event()).body["inserted"] == 1


@pytest.mark.parametrize("path", ["/", "/event", "/events/x", "/cameras", "/admin/stores"])
def test_another_path_is_not_found(box: Box, path: str) -> None:
    assert (box.ask("POST", path).status, box.ask("POST", path).body["type"]) == (404, "not_found")


def test_another_method_is_not_allowed(box: Box) -> None:
    reply = box.ask("GET", "/events")
    assert (reply.status, reply.headers["Allow"]) == (405, "POST")
