"""The incidents of all stores, for superadmins."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.factories import make_store
from tests.integration.functions.admin.conftest import Admin

Connection = psycopg.Connection[Any]


def add(connection: Connection, store_id: UUID | None, kind: str) -> str:
    row = connection.execute(
        "INSERT INTO incidents (type, store_id, object_id, detail, remedy, started_at, found_at, opened_at)"
        " VALUES (%s, %s, %s, 'Wrong.', 'Do.', now(), now(), now()) RETURNING id",
        [kind, store_id, str(uuid4())],
    ).fetchone()
    assert row is not None
    return str(row[0])


def test_a_superadmin_sees_the_incidents_of_stores_keys_and_jobs(admin: Admin, connection: Connection) -> None:
    store = make_store(connection, name="Corner shop")
    ours, job = add(connection, store, "worker_key_unused"), add(connection, None, "database_job")
    listed = {incident["incident_id"]: incident for incident in admin.get("/admin/incidents")["incidents"]}
    assert (listed[ours]["store_name"], listed[ours]["camera_id"]) == ("Corner shop", None)
    assert (listed[job]["store_id"], listed[job]["detail"]) == (None, "Wrong.")
    of_store = admin.get(f"/admin/incidents?store_id={store}")["incidents"]
    assert [incident["incident_id"] for incident in of_store] == [ours]


def test_a_superadmin_closes_an_incident(admin: Admin, connection: Connection) -> None:
    incident_id = add(connection, None, "refresh_overdue")
    closed = admin.ask("PATCH", f"/admin/incidents/{incident_id}", {"closed": True, "acknowledged": True})
    assert closed["closed_by"] == closed["acknowledged_by"] == str(admin.user_id)
    listed = {incident["incident_id"] for incident in admin.get("/admin/incidents")["incidents"]}
    assert incident_id not in listed
    assert incident_id in {row["incident_id"] for row in admin.get("/admin/incidents?open=false")["incidents"]}
    [entry] = admin.get("/admin/audit?action=incident.update&limit=1")["entries"]
    assert (entry["subject_id"], entry["actor_id"]) == (incident_id, str(admin.user_id))
    admin.ask("PATCH", f"/admin/incidents/{uuid4()}", {"closed": True}, 404)
    admin.ask("PATCH", f"/admin/incidents/{incident_id}", {}, 422)
