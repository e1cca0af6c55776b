"""Superadmins at the same moment: each request finds what the one before it has left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from functions.common.limits import MAX_WORKER_KEYS_PER_STORE
from tests.factories import make_camera, make_store
from tests.integration.functions.admin.conftest import Admin
from tests.integration.functions.ingest.box import make_key
from tests.integration.functions.several_backends.at_once import (
    HOLD_THE_CAMERA,
    HOLD_THE_STORE,
    HOLD_THE_SUPERADMINS,
    ask,
    both,
)
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.several_backends import Upgrade
from tests.side_by_side import crossroads
from tests.temporary_database import empty_database

Connection = psycopg.Connection[Any]


def test_the_last_key_a_store_may_have_is_given_once(admin: Admin, database_url: str, connection: Connection) -> None:
    store_id = make_store(connection)
    for _ in range(MAX_WORKER_KEYS_PER_STORE - 1):
        make_key(connection, store_id)
    path = f"/admin/stores/{store_id}/worker-keys"
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        answers = both(held, *[lambda: ask(admin, "POST", path, {"name": "box"})] * 2)
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    count = connection.execute("SELECT FROM worker_keys WHERE store_id = %s", [store_id]).rowcount
    assert count == MAX_WORKER_KEYS_PER_STORE


def test_a_camera_added_while_its_store_is_archived_is_refused(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    path = f"/admin/stores/{store_id}"
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        archived, added, key = both(
            held,
            lambda: ask(admin, "POST", f"{path}/archive"),
            lambda: ask(admin, "POST", f"{path}/cameras", {"name": "Door"}),
            lambda: ask(admin, "POST", f"{path}/worker-keys", {"name": "box"}),
        )
    assert [archived.status_code, added.status_code, key.status_code] == [200, 409, 409]
    assert connection.execute("SELECT FROM cameras WHERE store_id = %s", [store_id]).rowcount == 0


def test_a_line_saved_twice_at_once_is_the_later_one_and_the_log_tells_both(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    camera_id = make_camera(connection, store_id)
    lines = [[0.0, 0.5, 1.0, 0.5], [0.5, 0.0, 0.5, 1.0], [0.1, 0.1, 0.9, 0.9]]
    path = f"/admin/cameras/{camera_id}/line"
    with crossroads(database_url, HOLD_THE_CAMERA, [camera_id]) as held:
        answers = both(held, *(lambda line=line: ask(admin, "PUT", path, {"line": line}) for line in lines))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    changes = [entry for entry in admin.audit(f"/admin/stores/{store_id}") if entry["action"] == "camera.line"]
    assert len(changes) == 3
    assert all(later["before"] == earlier["after"] for earlier, later in pairwise(changes))
    assert admin.get(f"/admin/cameras/{camera_id}")["line"] == changes[-1]["after"]["line"]


def test_of_two_changes_that_are_based_on_the_same_line_one_is_written(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    camera_id = make_camera(connection, make_store(connection))
    path = f"/admin/cameras/{camera_id}"
    headers = {**admin.headers, "If-Match": admin.get(path)["etag"]}
    lines = [[0.1, 0.5, 0.9, 0.5], [0.9, 0.5, 0.1, 0.5]]
    with crossroads(database_url, HOLD_THE_CAMERA, [camera_id]) as held:
        answers = both(
            held,
            *(
                lambda line=line: admin.client.put(f"{path}/line", json={"line": line}, headers=headers)
                for line in lines
            ),
        )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    written = next(answer.json() for answer in answers if answer.status_code == 200)
    refused = next(answer.json() for answer in answers if answer.status_code == 412)
    assert refused["current"]["line"] == written["line"] == admin.get(path)["line"]


def test_of_two_requests_with_one_idempotency_key_one_creates_a_camera(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id, body = make_store(connection), {"name": "Door"}
    path, headers = f"/admin/stores/{store_id}/cameras", {**admin.headers, "Idempotency-Key": str(uuid4())}
    admin.get("/admin/stores")  # else both requests write that the caller was seen, and the second one waits for that
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        first = held.start(lambda: admin.client.post(path, json=body, headers=headers))
        during = admin.client.post(path, json=body, headers=headers)
        held.open()
    assert (during.status_code, during.json()["type"]) == (409, "idempotency_key_in_use")
    assert first.result().status_code == 201
    assert admin.client.post(path, json=body, headers=headers).json() == first.result().json()
    assert connection.execute("SELECT FROM cameras WHERE store_id = %s", [store_id]).rowcount == 1


def test_a_camera_switched_by_several_at_once_counts_in_one_period(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    camera_id = make_camera(connection, make_store(connection))
    path = f"/admin/cameras/{camera_id}"
    switches = [False, True, False, True]
    with crossroads(database_url, HOLD_THE_CAMERA, [camera_id]) as held:
        both(held, *(lambda on=on: ask(admin, "PATCH", path, {"is_counting_line": on}) for on in switches))
    periods = connection.execute(
        "SELECT counts_from, coalesce(counts_until, '9000-01-01') FROM camera_counting_periods"
        " WHERE camera_id = %s ORDER BY 1",
        [camera_id],
    ).fetchall()
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(periods))
    is_open = connection.execute(
        "SELECT FROM camera_counting_periods WHERE camera_id = %s AND counts_until IS NULL", [camera_id]
    ).rowcount
    assert is_open == admin.get(path)["is_counting_line"]


def test_of_two_superadmins_who_remove_each_other_one_stays(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    admins = [lambdas.admin(database_url) for _ in range(2)]
    paths = {
        user_id: f"/admin/superadmins/{superadmin_id}"
        for superadmin_id, user_id in connection.execute("SELECT id, user_id FROM superadmins").fetchall()
    }
    one, other = admins
    with crossroads(database_url, HOLD_THE_SUPERADMINS, []) as held:
        answers = both(
            held,
            lambda: ask(one, "DELETE", paths[other.user_id]),
            lambda: ask(other, "DELETE", paths[one.user_id]),
        )
    assert sorted(answer.status_code for answer in answers) == [204, 403]
    assert sorted(ask(admin, "GET", "/admin/stores").status_code for admin in admins) == [200, 403]


def test_the_first_requests_of_a_superadmin_at_once_are_all_answered(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    admin = lambdas.admin(database_url)
    connection.execute(
        "UPDATE superadmins SET user_id = NULL, email = %s WHERE user_id = %s",
        [
            f"{admin.user_id}@example.com",
            admin.user_id,
        ],
    )
    with crossroads(database_url, HOLD_THE_SUPERADMINS, []) as held:
        answers = both(held, *[lambda: ask(admin, "GET", "/admin/stores")] * 2)
    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.fixture
def empty_url(database_url: str, upgrade: Upgrade) -> Iterator[str]:
    """A database without superadmins on the same server."""
    with empty_database(database_url, "metrica_test") as url:
        upgrade(url)
        yield url


def test_of_two_tokens_with_the_role_at_the_first_start_one_adds_a_superadmin(lambdas: Lambdas, empty_url: str) -> None:
    one, other = lambdas.user_with_role(empty_url), lambdas.user_with_role(empty_url)
    with crossroads(empty_url, "LOCK TABLE superadmins IN SHARE ROW EXCLUSIVE MODE", []) as held:
        answers = both(
            held, lambda: ask(one, "GET", "/admin/superadmins"), lambda: ask(other, "GET", "/admin/superadmins")
        )
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    [added] = [answer.json()["superadmins"] for answer in answers if answer.is_success]
    assert len(added) == 1
