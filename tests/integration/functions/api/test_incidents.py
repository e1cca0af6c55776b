"""The incidents of a store: its owners list, acknowledge, mute and close them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from tests.integration.functions.api.store_fixture import HOUR, CreateStore, StoreFixture

NOW = datetime(2026, 11, 18, 12, 7, 30, tzinfo=UTC)


def add_incident(store: StoreFixture, opened_at: datetime | None, **changes: Any) -> UUID:
    """Return an incident of the camera of the store."""
    values: dict[str, Any] = {
        "type": "camera_offline",
        "store_id": store.store_id,
        "camera_id": store.camera_id,
        "object_id": str(uuid4()),
        "detail": "The edge box of this camera sends nothing.",
        "remedy": "Check its power.",
        "started_at": NOW - 2 * HOUR,
        "found_at": NOW - HOUR,
        "opened_at": opened_at,
        **changes,
    }
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    row = store.connection.execute(
        f"INSERT INTO incidents ({columns}) VALUES ({places}) RETURNING id".encode(), list(values.values())
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def patch(store: StoreFixture, incident_id: UUID, status: int = 200, **body: Any) -> Any:
    answer = store.client.patch(f"/stores/{store.store_id}/incidents/{incident_id}", json=body, headers=store.headers)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_an_incident_has_the_times_of_the_store_and_what_to_do(create_store: CreateStore) -> None:
    store = create_store(timezone="Europe/Rome")
    incident_id = add_incident(store, NOW - HOUR, facts='{"crossings": 12}')
    add_incident(store, None)  # a fault that has not lasted long enough
    [found] = store.get("/stores/{}/incidents")["incidents"]
    assert found == {
        "incident_id": str(incident_id),
        "type": "camera_offline",
        "severity": "critical",
        "camera_id": str(store.camera_id),
        "camera_name": found["camera_name"],
        "detail": "The edge box of this camera sends nothing.",
        "remedy": "Check its power.",
        "facts": {"crossings": 12},
        "started_at": "2026-11-18T11:07:30+01:00",
        "opened_at": "2026-11-18T12:07:30+01:00",
        "ended_at": None,
        "closed_at": None,
        "acknowledged_at": None,
        "muted_until": None,
    }


def test_pages_are_newest_first_and_miss_none_that_opened_at_the_same_time(create_store: CreateStore) -> None:
    store = create_store()
    added = {str(add_incident(store, NOW - HOUR)) for _ in range(4)} | {str(add_incident(store, NOW))}
    listed: list[str] = []
    before: dict[str, Any] = {}
    while True:
        page = store.get("/stores/{}/incidents", limit=2, **before)
        listed += [incident["incident_id"] for incident in page["incidents"]]
        if page["next_before"] is None:
            break
        before = {"before": page["next_before"]}
    assert set(listed) == added
    assert len(listed) == 5
    other = create_store()
    answer = other.client.get(
        f"/stores/{other.store_id}/incidents", params={"before": listed[0]}, headers=other.headers
    )
    assert answer.status_code == 404


def test_closed_incidents_and_those_of_keys_are_left_out(create_store: CreateStore) -> None:
    store = create_store()
    closed = add_incident(store, NOW - HOUR, closed_at=NOW, ended_at=NOW)
    add_incident(store, NOW, type="worker_key_unused", camera_id=None)
    assert store.get("/stores/{}/incidents")["incidents"] == []
    [found] = store.get("/stores/{}/incidents", open=False)["incidents"]
    assert found["incident_id"] == str(closed)


def test_an_owner_acknowledges_mutes_and_closes_and_each_is_in_the_audit_log(create_store: CreateStore) -> None:
    store = create_store()
    incident_id = add_incident(store, NOW - HOUR)
    assert patch(store, incident_id, acknowledged=True)["acknowledged_at"] == "2026-11-18T12:07:30Z"
    muted = patch(store, incident_id, muted_until="2026-11-20T08:00:00+01:00")
    assert (muted["muted_until"], muted["acknowledged_at"]) == ("2026-11-20T07:00:00Z", "2026-11-18T12:07:30Z")
    assert patch(store, incident_id, muted_until=None)["muted_until"] is None
    assert patch(store, incident_id, acknowledged=False)["acknowledged_at"] is None
    closed = patch(store, incident_id, closed=True)
    assert (closed["closed_at"], closed["ended_at"]) == ("2026-11-18T12:07:30Z", None)
    assert patch(store, incident_id, closed=True) == closed  # again changes nothing
    rows = store.connection.execute(
        "SELECT actor_id, store_id, after FROM audit_log WHERE action = 'incident.update' AND subject_id = %s"
        " ORDER BY id",
        [str(incident_id)],
    ).fetchall()
    assert {(actor, of) for actor, of, _ in rows} == {(store.owner, store.store_id)}
    assert [set(after) & {"acknowledged_at", "muted_until", "closed_at"} for _, _, after in rows] == [
        {"acknowledged_at"},
        {"muted_until"},
        {"muted_until"},
        {"acknowledged_at"},
        {"closed_at"},
    ]


def test_bad_input_is_refused_with_a_sentence(create_store: CreateStore) -> None:
    store = create_store()
    incident_id = add_incident(store, NOW - HOUR)
    for body, message in [
        ({}, "Needs `acknowledged`, `muted_until` or `closed`"),
        ({"muted_until": "2026-11-18T12:07:30Z"}, "Must be in the future, at most 90 days ahead."),
        ({"muted_until": "2027-02-16T12:07:31Z"}, "Must be in the future, at most 90 days ahead."),
    ]:
        errors = patch(store, incident_id, 422, **body)["errors"]
        assert [error["message"] for error in errors] == [message]
    for wrong in ({"closed": False}, {"acknowledged": "yes?"}, {"muted_until": "2026-11-20T08:00:00"}, {"color": 1}):
        patch(store, incident_id, 422, **wrong)
    patch(store, uuid4(), 404, closed=True)
    patch(create_store(), incident_id, 404, closed=True)
