"""Two superadmins who change the same store, camera or incident: the second one is told, and nothing is overwritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from tests.factories import make_camera, make_store, make_superadmin
from tests.integration.functions.admin.conftest import Admin
from tests.signing import Issuer

Connection = psycopg.Connection[Any]


@pytest.fixture
def other(client: TestClient, issuer: Issuer, connection: Connection) -> Admin:
    """A second superadmin."""
    user_id = make_superadmin(connection)
    return Admin(client, issuer.headers(user_id), user_id)


def send(admin: Admin, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
    response: httpx2.Response = admin.client.request(method, path, json=body, headers={**admin.headers, **headers})
    return response


def etag(admin: Admin, path: str) -> str:
    """The tag of a resource, which its body and its header have."""
    response = send(admin, "GET", path)
    assert response.headers["ETag"] == response.json()["etag"]
    return str(response.headers["ETag"])


def incident(connection: Connection) -> str:
    store_id = make_store(connection)
    row = connection.execute(
        "INSERT INTO incidents (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at, opened_at)"
        " VALUES ('camera_offline', %(store)s, %(camera)s, %(camera)s, 'Offline.', 'Check it.', now(), now(),"
        " now())"
        " RETURNING id",
        {"store": store_id, "camera": make_camera(connection, store_id)},
    ).fetchone()
    assert row is not None
    return f"/admin/incidents/{row[0]}"


def test_a_change_based_on_the_present_settings_is_written_and_has_the_next_tag(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    first = etag(admin, camera)
    changed = send(admin, "PATCH", camera, {"sample_fps": 12}, **{"If-Match": first})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == changed.json()["etag"] == etag(admin, camera) != first


@pytest.mark.parametrize(
    ("method", "suffix", "body"),
    [
        ("PATCH", "", {"sample_fps": 15}),
        ("PUT", "/line", {"line": [0.9, 0.5, 0.1, 0.5]}),
        ("POST", "/archive", None),
    ],
)
def test_a_camera_that_another_admin_has_changed_is_not_overwritten(
    admin: Admin, other: Admin, method: str, suffix: str, body: Any
) -> None:
    camera = admin.camera(admin.store(), line=[0.1, 0.5, 0.9, 0.5])
    seen = etag(admin, camera)
    other.ask("PATCH", camera, {"sample_fps": 12})
    before = datetime.now(UTC)
    refused = send(admin, method, f"{camera}{suffix}", body, **{"If-Match": seen})
    assert refused.status_code == 412
    problem = refused.json()
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == "precondition_failed"
    assert problem["current"] == admin.get(camera)
    assert problem["current"]["sample_fps"] == 12
    assert problem["changed_by"] == f"{other.user_id}@example.com"
    assert before - timedelta(minutes=1) < datetime.fromisoformat(problem["changed_at"]) <= datetime.now(UTC)
    assert problem["changed_by"] in problem["detail"]
    # With the present tag the same change is written.
    assert refused.headers["ETag"] == problem["current"]["etag"]
    assert send(admin, method, f"{camera}{suffix}", body, **{"If-Match": refused.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(("method", "suffix", "body"), [("PATCH", "", {"capacity": 10}), ("POST", "/archive", None)])
def test_a_store_that_another_admin_has_changed_is_not_overwritten(
    admin: Admin, other: Admin, method: str, suffix: str, body: Any
) -> None:
    store = admin.store(capacity=60)
    seen = etag(admin, store)
    other.ask("PATCH", store, {"name": "Corner café"})
    refused = send(admin, method, f"{store}{suffix}", body, **{"If-Match": seen})
    assert (refused.status_code, refused.json()["current"]) == (412, admin.get(store))
    assert refused.json()["changed_by"] == f"{other.user_id}@example.com"
    assert [entry["action"] for entry in admin.audit(store)] == ["store.create", "store.change"]


def test_an_incident_that_another_admin_has_muted_is_not_overwritten(
    admin: Admin, other: Admin, connection: Connection
) -> None:
    path = incident(connection)
    [seen] = [
        row["etag"] for row in admin.get("/admin/incidents?limit=200")["incidents"] if path.endswith(row["incident_id"])
    ]
    muted_until = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    muted = other.ask("PATCH", path, {"muted_until": muted_until})
    refused = send(admin, "PATCH", path, {"muted_until": None}, **{"If-Match": seen})
    assert (refused.status_code, refused.json()["current"]) == (412, muted)
    assert refused.json()["changed_by"] == f"{other.user_id}@example.com"
    assert send(admin, "PATCH", path, {"muted_until": None}, **{"If-Match": muted["etag"]}).status_code == 200


def test_what_an_edge_box_reports_does_not_change_the_tag(admin: Admin, connection: Connection) -> None:
    camera = admin.camera(admin.store())
    seen = etag(admin, camera)
    connection.execute(
        "UPDATE cameras SET last_seen_at = now(), backlog = 3, picture = 'moved', instance_id = %s WHERE id = %s",
        [uuid4(), camera.rpartition("/")[2]],
    )
    send(admin, "POST", f"{camera}/snapshot-request")
    assert etag(admin, camera) == seen


def test_a_client_without_the_header_works_as_before(admin: Admin, other: Admin) -> None:
    camera = admin.camera(admin.store())
    other.ask("PATCH", camera, {"sample_fps": 12})
    assert admin.ask("PATCH", camera, {"sample_fps": 15})["sample_fps"] == 15
    assert send(admin, "PATCH", camera, {"sample_fps": 9}, **{"If-Match": "*"}).json()["sample_fps"] == 9


def test_a_weak_tag_never_matches_and_a_list_matches_with_one_of_its_tags(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    seen = etag(admin, camera)
    assert send(admin, "PATCH", camera, {"name": "A"}, **{"If-Match": f"W/{seen}"}).status_code == 412
    assert send(admin, "PATCH", camera, {"name": "A"}, **{"If-Match": f'"other", {seen}'}).status_code == 200


def test_a_header_that_is_no_tag_gets_a_clear_error(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    refused = send(admin, "PATCH", camera, {"name": "A"}, **{"If-Match": etag(admin, camera).strip('"')})
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert error["message"] == "Must be the ETag of the resource with its quotes, or *"


def test_a_change_by_a_command_has_no_person(admin: Admin, connection: Connection) -> None:
    camera = admin.camera(admin.store())
    seen = etag(admin, camera)
    connection.execute("UPDATE cameras SET sample_fps = 5 WHERE id = %s", [camera.rpartition("/")[2]])
    refused = send(admin, "PATCH", camera, {"name": "A"}, **{"If-Match": seen})
    assert refused.status_code == 412
    assert refused.json()["current"]["sample_fps"] == 5
    assert (refused.json()["changed_by"], refused.json()["changed_at"]) == (None, None)


def test_browsers_may_send_the_headers_and_read_the_tag(admin: Admin) -> None:
    origin = {"Origin": "http://127.0.0.1:8404"}
    asked = {
        **origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "If-Match, Idempotency-Key",
    }
    preflight = admin.client.options(f"/admin/cameras/{uuid4()}", headers=asked)
    assert preflight.status_code == 200
    allowed = preflight.headers["Access-Control-Allow-Headers"]
    assert {"If-Match", "Idempotency-Key"} <= {name.strip() for name in allowed.split(",")}
    response = send(admin, "GET", admin.store(), **origin)
    assert "ETag" in response.headers["Access-Control-Expose-Headers"].split(", ")
