"""The notification channels of a person: create, change, delete, test, and what was delivered."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from functions.api.services.notifications import MAX_CHANNELS
from tests.factories import make_superadmin
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture
from tests.signing import Issuer

URL = "https://hooks.example.com/metrica?token=hunter2"
PATH = "/me/notifications"


def request(store: StoreFixture, method: str, path: str = "", status: int = 200, body: Any = None) -> Any:
    answer = store.client.request(method, PATH + path, json=body, headers=store.headers)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def create(store: StoreFixture, status: int = 201, **changes: Any) -> Any:
    return request(store, "POST", "", status, {"kind": "mail", "scope": "own_stores", **changes})


def test_a_mail_channel_has_defaults_and_no_secret(create_store: CreateStore) -> None:
    store = create_store()
    created = create(store)
    assert created == {
        "channel_id": created["channel_id"],
        "kind": "mail",
        "scope": "own_stores",
        "store_id": None,
        "url": None,
        "minimum_severity": "warning",
        "incident_types": None,
        "quiet_hours": None,
        "enabled": True,
        "disabled_reason": None,
        "created_at": "2026-11-18T12:07:30Z",
        "secret": None,
    }
    del created["secret"]
    assert request(store, "GET") == {"channels": [created]}


def test_only_the_response_of_its_creation_contains_the_secret_of_a_webhook(create_store: CreateStore) -> None:
    store = create_store()
    created = create(store, kind="webhook", url=URL, scope="store", store_id=str(store.store_id))
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", created["secret"])
    assert created["secret"] not in str(request(store, "GET"))
    dumped = store.connection.execute("SELECT to_jsonb(c) FROM notification_channels c").fetchall()
    assert created["secret"] not in str(dumped)
    assert create(store, kind="webhook", url=URL)["secret"] != created["secret"]


def test_a_channel_is_changed_disabled_and_deleted_and_each_is_in_the_audit_log_without_the_url(
    create_store: CreateStore,
) -> None:
    store = create_store()
    path = f"/{create(store, kind='webhook', url=URL)['channel_id']}"
    changes = {
        "url": "https://other.example.com/secret",
        "minimum_severity": "critical",
        "incident_types": ["slow", "backlog"],
        "quiet_hours": {"start": "22:00", "end": "07:30"},
        "enabled": False,
    }
    changed = request(store, "PATCH", path, body=changes)
    assert {name: changed[name] for name in changes} == changes
    assert request(store, "GET")["channels"] == [changed]
    back = request(store, "PATCH", path, body={"incident_types": None, "quiet_hours": None, "enabled": True})
    assert (back["incident_types"], back["quiet_hours"], back["enabled"]) == (None, None, True)
    request(store, "DELETE", path, 204)
    assert request(store, "GET") == {"channels": []}
    request(store, "DELETE", path, 404)
    rows = store.connection.execute(
        "SELECT action, before, after FROM audit_log WHERE actor_id = %s ORDER BY id", [store.owner]
    ).fetchall()
    verbs = ["create", "update", "update", "delete"]
    assert [action for action, *_ in rows] == [f"notification_channel.{verb}" for verb in verbs]
    assert rows[1][2]["url"] == "other.example.com"
    assert "hunter2" not in str(rows)
    assert "/secret" not in str(rows)


def test_a_channel_that_is_enabled_again_starts_from_now_and_one_that_stays_enabled_does_not(
    create_store: CreateStore,
) -> None:
    store = create_store()
    created = create(store, enabled=False)
    since = "SELECT enabled_since FROM notification_channels WHERE id = %s"

    def enabled_since() -> Any:
        return store.connection.execute(since, [created["channel_id"]]).fetchone()

    assert enabled_since() == (None,)
    request(store, "PATCH", f"/{created['channel_id']}", body={"enabled": True})
    assert enabled_since() == (store.now,)
    store.connection.execute("UPDATE notification_channels SET enabled_since = '2026-01-01Z'")
    request(store, "PATCH", f"/{created['channel_id']}", body={"enabled": True})
    assert enabled_since() == (datetime(2026, 1, 1, tzinfo=UTC),)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "webhook"}, "Needs `url` for a webhook"),
        ({"url": URL}, "Needs `url` for a webhook, and none for mail"),
        ({"scope": "store"}, "Needs `store_id` with the scope `store`"),
        ({"store_id": str(uuid4())}, "Needs `store_id` with the scope `store`, and none"),
        ({"kind": "webhook", "url": "http://example.com"}, "Must begin with https://."),
        ({"kind": "webhook", "url": "https://169.254.169.254/"}, "Must name a public host"),
        ({"kind": "webhook", "url": "http://127.0.0.1:8400/"}, "Must begin with https://."),
        ({"quiet_hours": {"start": "07:00", "end": "07:00"}}, "Needs different times"),
        ({"quiet_hours": {"start": "24:00", "end": "07:00"}}, "String should match pattern"),
        ({"incident_types": []}, "List should have at least 1 item"),
        ({"incident_types": ["burglary"]}, "Input should be"),
        ({"minimum_severity": None}, "Input should be"),
        ({"email": "other@example.org"}, "Extra inputs are not permitted"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(create_store: CreateStore, changes: dict[str, Any], message: str) -> None:
    errors = create(create_store(), 422, **changes)["errors"]
    assert errors[0]["message"].startswith(message)


def test_a_change_that_makes_no_sense_is_refused(create_store: CreateStore) -> None:
    store = create_store()
    path = f"/{create(store)['channel_id']}"
    for body in ({}, {"enabled": None}, {"minimum_severity": None}, {"url": None}, {"kind": "webhook"}):
        request(store, "PATCH", path, 422, body)
    (error,) = request(store, "PATCH", path, 422, {"url": URL})["errors"]
    assert error["message"] == "Only a webhook has a URL."


def test_a_store_of_another_owner_and_a_channel_of_another_person_are_404(create_store: CreateStore) -> None:
    store, other = create_store(), create_store()
    create(store, 404, scope="store", store_id=str(other.store_id))
    foreign = create(other)["channel_id"]
    for method, path, body in (
        ("PATCH", "", {"enabled": False}),
        ("DELETE", "", None),
        ("POST", "/test", None),
        ("GET", "/deliveries", None),
    ):
        assert request(store, method, f"/{foreign}{path}", 404, body)["type"] == "channel_not_found"
    assert request(store, "GET") == {"channels": []}


def test_only_a_superadmin_gets_the_incidents_of_the_installation(
    create_store: CreateStore, connection: psycopg.Connection[Any], issuer: Issuer
) -> None:
    store = create_store()
    assert create(store, 403, scope="installation")["type"] == "superadmin_required"
    headers = issuer.headers(make_superadmin(connection))
    answer = store.client.post(PATH, json={"kind": "mail", "scope": "installation"}, headers=headers)
    assert answer.status_code == 201


def test_a_person_has_a_limited_number_of_channels(create_store: CreateStore) -> None:
    store = create_store()
    for _ in range(MAX_CHANNELS):
        create(store)
    assert create(store, 409)["type"] == "too_many_channels"


def test_a_test_is_put_into_the_outbox_once_a_minute(create_store: CreateStore) -> None:
    store = create_store()
    path = f"/{create(store, enabled=False)['channel_id']}"
    sent = request(store, "POST", f"{path}/test", 201)
    assert (sent["type"], sent["state"], sent["attempts"]) == ("notifications.test", "pending", 0)
    refused = store.client.post(f"{PATH}{path}/test", headers=store.headers)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "61")
    assert request(store, "GET", f"{path}/deliveries")["deliveries"] == [sent]
    store.answer_at(store.now + timedelta(minutes=1))
    assert request(store, "POST", f"{path}/test", 201)["delivery_id"] != sent["delivery_id"]
    content = store.connection.execute(
        "SELECT content FROM notifications WHERE id = %s", [UUID(sent["delivery_id"])]
    ).fetchone()
    assert content == (
        {
            "type": "notifications.test",
            "version": 1,
            "timestamp": "2026-11-18T12:07:30+00:00",
            "data": {"channel_id": path[1:]},
        },
    )


def test_deliveries_show_what_failed_for_good_newest_first(create_store: CreateStore) -> None:
    store = create_store()
    channel = create(store)["channel_id"]
    outcomes = [
        ("delivered_at", "The mail server accepted the mail."),
        ("failed_at", "The receiver answered 403 Forbidden."),
        ("next_attempt_at", "The receiver answered 503 Service Unavailable."),
    ]
    for age, (column, outcome) in enumerate(outcomes):
        store.connection.execute(
            "INSERT INTO notifications (channel_id, type, content, created_at, attempts, attempted_at, outcome,"
            f" {column}) VALUES (%s, 'incidents.changed', '{{}}', %s, 2, %s, %s, %s)".encode(),
            [channel, store.now - timedelta(hours=age), store.now, outcome, store.now],
        )
    listed = request(store, "GET", f"/{channel}/deliveries")["deliveries"]
    assert [(each["state"], each["outcome"]) for each in listed] == [
        (state, outcome) for state, (_, outcome) in zip(["delivered", "failed", "pending"], outcomes, strict=True)
    ]
    assert request(store, "GET", f"/{channel}/deliveries?limit=1")["deliveries"] == listed[:1]
