"""A creation that is sent twice with one `Idempotency-Key` happens once, and is answered twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin import maintenance_jobs
from functions.common.limits import IDEMPOTENCY_RETENTION
from tests.factories import make_superadmin
from tests.integration.functions.admin.conftest import Admin
from tests.signing import Issuer

Connection = psycopg.Connection[Any]


def post(admin: Admin, path: str, body: Any, key: str) -> httpx2.Response:
    headers = {**admin.headers, "Idempotency-Key": key}
    response: httpx2.Response = admin.client.post(path, json=body, headers=headers)
    return response


def new_key() -> str:
    return str(uuid4())


def count(connection: Connection, table: str, store: str) -> int:
    store_id = store.rpartition("/")[2]
    return connection.execute(f"SELECT FROM {table} WHERE store_id = %s".encode(), [store_id]).rowcount


@pytest.mark.parametrize(
    ("path", "body", "table"),
    [
        ("cameras", {"name": "Door"}, "cameras"),
        ("worker-keys", {"name": "Box"}, "worker_keys"),
        ("owners", {"email": "twice@example.com"}, "store_invites"),
    ],
)
def test_a_repetition_creates_nothing_and_gets_the_same_response(
    admin: Admin, connection: Connection, path: str, body: Any, table: str
) -> None:
    store, key = admin.store(), new_key()
    first = post(admin, f"{store}/{path}", body, key)
    again = post(admin, f"{store}/{path}", body, key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.headers.get("ETag") == again.headers.get("ETag")
    assert count(connection, table, store) == 1
    another = post(admin, f"{store}/{path}", body, new_key())
    assert another.status_code == 201
    assert another.json() != first.json()


def test_a_store_a_count_check_an_import_window_and_a_superadmin_are_created_once(
    admin: Admin, connection: Connection
) -> None:
    camera = admin.camera(admin.store())
    hour = {"window_start": "2026-11-20T10:00:00Z", "window_end": "2026-11-20T11:00:00Z"}
    creations = [
        ("/admin/stores", {"name": "Once", "timezone": "Europe/Rome"}),
        (f"{camera}/count-checks", {**hour, "manual_in": 3, "manual_out": 2}),
        ("/admin/import-windows", {**hour, "camera_id": camera.rpartition("/")[2]}),
        ("/admin/superadmins", {"email": f"{uuid4()}@example.com"}),
    ]
    for path, body in creations:
        key = new_key()
        first, again = post(admin, path, body, key), post(admin, path, body, key)
        assert (first.status_code, again.status_code) == (201, 201), first.text
        assert first.json() == again.json()


def test_the_order_of_the_members_does_not_matter_and_the_key_may_have_quotes(admin: Admin) -> None:
    path, key = f"{admin.store()}/cameras", new_key()
    first = post(admin, path, {"name": "Door", "sample_fps": 9}, key)
    assert post(admin, path, {"sample_fps": 9, "name": "Door"}, f'"{key}"').json() == first.json()


def test_another_request_with_the_same_key_is_refused(admin: Admin, connection: Connection) -> None:
    store, key = admin.store(), new_key()
    post(admin, f"{store}/cameras", {"name": "Door"}, key)
    for path, body in [(f"{store}/cameras", {"name": "Gate"}), (f"{store}/worker-keys", {"name": "Door"})]:
        refused = post(admin, path, body, key)
        assert (refused.status_code, refused.json()["type"]) == (422, "idempotency_key_reused")
    assert (count(connection, "cameras", store), count(connection, "worker_keys", store)) == (1, 0)


def test_a_request_that_failed_can_be_corrected_and_sent_with_the_same_key(admin: Admin) -> None:
    store, key = admin.store(), new_key()
    admin.post(f"{store}/archive", status=200)
    assert post(admin, f"{store}/cameras", {"name": "Door"}, key).status_code == 409
    admin.post(f"{store}/restore", status=200)
    assert post(admin, f"{store}/cameras", {"name": "Gate"}, key).status_code == 201


def test_the_keys_of_two_people_are_different_keys(
    admin: Admin, client: TestClient, issuer: Issuer, connection: Connection
) -> None:
    user_id = make_superadmin(connection)
    other, key, path = Admin(client, issuer.headers(user_id), user_id), new_key(), f"{admin.store()}/cameras"
    first, second = (post(person, path, {"name": "Door"}, key) for person in (admin, other))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["camera_id"] != second.json()["camera_id"]


@pytest.mark.parametrize("key", ["short", "x" * 201, "tab\tin-the-middle-of-it", ""])
def test_a_key_that_can_be_guessed_or_is_no_text_gets_a_clear_error(admin: Admin, key: str) -> None:
    refused = post(admin, f"{admin.store()}/cameras", {"name": "Door"}, key)
    assert refused.status_code == 422
    assert [error["loc"] for error in refused.json()["errors"]] == [["header", "Idempotency-Key"]]


def test_the_database_has_neither_the_secret_nor_the_key(admin: Admin, connection: Connection) -> None:
    key = new_key()
    created = post(admin, f"{admin.store()}/worker-keys", {"name": "Box"}, key).json()
    rows = connection.execute(
        "SELECT key_sha256, request_sha256, response FROM idempotency_keys WHERE user_id = %s", [admin.user_id]
    ).fetchall()
    stored = b"".join(value for row in rows for value in row)
    assert created["key"].encode() not in stored
    assert created["name"].encode() not in stored
    assert key.encode() not in stored
    assert UUID(key).bytes not in stored


def test_maintenance_deletes_keys_after_a_day(admin: Admin, connection: Connection) -> None:
    store = admin.store()
    old, young = new_key(), new_key()
    first = post(admin, f"{store}/cameras", {"name": "Old"}, old)
    connection.execute(
        "UPDATE idempotency_keys SET created_at = now() - %s WHERE user_id = %s",
        [IDEMPOTENCY_RETENTION + timedelta(minutes=1), admin.user_id],
    )
    kept = post(admin, f"{store}/cameras", {"name": "Young"}, young)
    assert maintenance_jobs.delete_old_idempotency_keys(connection) >= 1
    assert post(admin, f"{store}/cameras", {"name": "Young"}, young).json() == kept.json()
    assert post(admin, f"{store}/cameras", {"name": "Old"}, old).json()["camera_id"] != first.json()["camera_id"]
