"""The numbers of a response come from one moment, whatever is written while they are read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from typing import Any

import psycopg
import pytest

from tests.factories import Event, insert_events, make_camera, make_member, make_store
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]


@pytest.mark.parametrize("path", ["/live/{}", "/stores"])
def test_the_total_is_that_of_the_cameras_while_crossings_arrive(
    lambdas: Lambdas, database_url: str, connection: Connection, path: str
) -> None:
    now = datetime.now(UTC)
    store_id = make_store(connection, day_start=time((now.hour - 6) % 24))
    camera_id = make_camera(connection, store_id, last_seen_at=now, delivered_until=now)
    seen = now - timedelta(hours=2)
    insert_events(
        connection, store_id, camera_id, [Event(seen), Event(seen, "OUT"), Event(seen + timedelta(minutes=1))]
    )
    user_id = make_member(connection, store_id)
    owner = lambdas.owner(database_url, user_id)
    assert owner("GET", "/me").status_code == 200
    with crossroads(database_url, "LOCK TABLE camera_minutes") as held:
        reading = held.start(lambda: owner("GET", path.format(store_id)).json())  # it has read the counts
        insert_events(connection, store_id, camera_id, [Event(seen - timedelta(minutes=30), "OUT")])
        held.open()
        answer = reading.result()
    answer = answer["stores"][0] if path == "/stores" else answer
    assert (answer["visitors_today"], answer["exits_today"]) == (2, 1)
    assert (answer["occupancy"], answer["unmatched_exits"]) == (1, 0)
    if path != "/stores":
        (camera,) = answer["cameras"]
        assert (camera["counted_in"], camera["counted_out"]) == (2, 1)
    assert owner("GET", f"/live/{store_id}").json()["unmatched_exits"] == 1


def test_a_response_tells_its_moment(lambdas: Lambdas, database_url: str, connection: Connection) -> None:
    store_id = make_store(connection, timezone="Pacific/Auckland")
    owner = lambdas.owner(database_url, make_member(connection, store_id))
    before = datetime.now(UTC)
    for path in (f"/live/{store_id}", "/stores", f"/dashboard/{store_id}"):
        answer = owner("GET", path).json()
        assert before <= datetime.fromisoformat(answer["as_of"]) <= datetime.now(UTC)
        if "window" in answer:
            assert answer["window"]["until"] == answer["as_of"]


def test_two_first_requests_of_a_user_at_once_both_succeed(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    user_id = make_member(connection, store_id)
    owners = [lambdas.owner(database_url, user_id) for _ in range(4)]
    connection.execute("UPDATE users SET last_seen_at = now() - interval '1 hour' WHERE id = %s", [user_id])
    with ThreadPoolExecutor() as at_once:
        answers = list(at_once.map(lambda owner: owner("GET", f"/live/{store_id}").status_code, owners))
    assert answers == [200] * 4


def test_a_correction_is_stored_on_a_connection_that_has_read_a_snapshot(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    owner = lambdas.owner(database_url, make_member(connection, store_id))
    for occupancy in (3, 5):
        assert owner("GET", f"/live/{store_id}").status_code == 200
        reset = owner("POST", f"/stores/{store_id}/occupancy-reset", json={"occupancy": occupancy})
        assert reset.status_code == 201
    assert owner("GET", f"/live/{store_id}").json()["occupancy"] == 5
