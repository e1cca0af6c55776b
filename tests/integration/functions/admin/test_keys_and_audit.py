"""Worker keys through the admin API, and the audit log that every action leaves behind."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from functions.common import worker_key
from tests.factories import make_member
from tests.integration.functions.admin.conftest import Admin


def test_a_key_is_shown_once_and_kept_as_its_hash(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    store = admin.store()
    made = admin.post(f"{store}/worker-keys", {"name": "box by the door"})
    key = made.pop("key")
    assert worker_key.is_well_formed(key)
    assert made["hint"] == key[-4:]
    assert admin.get(f"{store}/worker-keys")["worker_keys"] == [made]
    row = connection.execute("SELECT * FROM worker_keys WHERE id = %s", [made["worker_key_id"]]).fetchone()
    assert row is not None
    assert worker_key.digest(key) in row
    assert key not in str(row)
    assert key not in json.dumps(admin.audit(store))


def test_a_key_is_revoked_once(admin: Admin) -> None:
    store = admin.store()
    path = f"{store}/worker-keys/{admin.post(f'{store}/worker-keys', {'name': 'box'})['worker_key_id']}"
    admin.delete(path)
    assert admin.get(f"{store}/worker-keys")["worker_keys"][0]["revoked_at"] is not None
    assert admin.delete(path, 404)["type"] == "worker_key_not_found"


def test_a_key_is_not_revoked_through_another_store(admin: Admin) -> None:
    one, other = admin.store(), admin.store()
    key_id = admin.post(f"{one}/worker-keys", {"name": "box"})["worker_key_id"]
    admin.delete(f"{other}/worker-keys/{key_id}", 404)
    assert admin.get(f"{one}/worker-keys")["worker_keys"][0]["revoked_at"] is None


def test_a_store_has_twenty_working_keys_at_most(admin: Admin) -> None:
    store = admin.store()
    keys = [admin.post(f"{store}/worker-keys", {"name": f"box {n}"})["worker_key_id"] for n in range(20)]
    assert admin.post(f"{store}/worker-keys", {"name": "one more"}, 409)["type"] == "too_many_keys"
    admin.delete(f"{store}/worker-keys/{keys[0]}")
    admin.post(f"{store}/worker-keys", {"name": "one more"})


def test_every_action_is_logged_with_who_what_before_and_after(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    store = admin.store()
    admin.ask("PATCH", store, {"name": "New name"})
    camera = admin.camera(store)
    admin.ask("PATCH", camera, {"is_counting_line": False})
    admin.ask("PUT", f"{camera}/line", {"line": [0, 0.5, 1, 0.5]})
    admin.post(f"{camera}/snapshot-request", status=202)
    window = {"window_start": "2026-11-20T10:00:00Z", "window_end": "2026-11-20T11:00:00Z"}
    admin.post(f"{camera}/count-checks", {**window, "manual_in": 1, "manual_out": 0})
    key = admin.post(f"{store}/worker-keys", {"name": "box"})
    admin.delete(f"{store}/worker-keys/{key['worker_key_id']}")
    email = f"{uuid4()}@example.com"
    invite = admin.post(f"{store}/owners", {"email": email})
    renewed = admin.post(f"{store}/owners", {"email": email})
    admin.delete(f"{store}/invites/{invite['invite_id']}")
    owner = make_member(connection, UUID(store[-36:]), email="Owner@Example.com")
    admin.delete(f"{store}/owners/{owner}?allow_ownerless=true")
    admin.post(f"{camera}/archive", status=200)
    admin.post(f"{store}/archive", status=200)
    admin.post(f"{store}/restore", status=200)
    entries = admin.audit(store)
    assert [entry["action"] for entry in entries] == [
        "store.create",
        "store.change",
        "camera.create",
        "camera.change",
        "camera.line",
        "camera.snapshot_request",
        "count_check.create",
        "worker_key.create",
        "worker_key.revoke",
        "invite.create",
        "invite.renew",
        "invite.revoke",
        "owner.remove",
        "camera.archive",
        "store.archive",
        "store.restore",
    ]
    assert {entry["actor_id"] for entry in entries} == {str(admin.user_id)}
    assert {entry["actor_email"] for entry in entries} == {f"{admin.user_id}@example.com"}
    by_action = {entry["action"]: entry for entry in entries}
    assert by_action["store.create"]["before"] is None
    assert by_action["store.create"]["after"]["name"] == "Corner shop"
    assert (by_action["store.change"]["before"], by_action["store.change"]["after"]) == (
        {"name": "Corner shop"},
        {"name": "New name"},
    )
    assert by_action["camera.line"]["before"] == {"line": None, "line_version": 1}
    assert by_action["camera.line"]["after"] == {"line": [0, 0.5, 1, 0.5], "line_version": 2}
    assert by_action["invite.create"]["before"] is None
    assert by_action["invite.create"]["after"]["email"] == email
    assert [parsed(by_action["invite.renew"][side], "expires_at") for side in ("before", "after")] == [
        parsed(invite, "expires_at"),
        parsed(renewed, "expires_at"),
    ]
    assert by_action["invite.revoke"]["before"] == {"revoked_at": None}
    assert by_action["invite.revoke"]["after"]["revoked_at"] is not None
    assert by_action["invite.renew"]["after"]["email"] == by_action["invite.revoke"]["after"]["email"] == email
    assert by_action["worker_key.revoke"]["before"] == {"revoked_at": None}
    assert by_action["owner.remove"]["before"]["email"] == "Owner@Example.com"
    assert by_action["owner.remove"]["subject_id"] == str(owner)


def parsed(state: dict[str, str], name: str) -> datetime:
    """A moment of a logged state or of an answer."""
    return datetime.fromisoformat(state[name])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PATCH", "", {"name": ""}), ("POST", "/cameras", {"name": ""}), ("POST", "/worker-keys", {})],
)
def test_what_was_refused_is_not_logged(admin: Admin, method: str, path: str, body: dict[str, Any]) -> None:
    store = admin.store()
    admin.ask(method, store + path, body, 422)
    assert [entry["action"] for entry in admin.audit(store)] == ["store.create"]


def test_a_change_that_changes_nothing_is_not_logged(admin: Admin) -> None:
    store = admin.store()
    admin.ask("PATCH", store, {})
    assert [entry["action"] for entry in admin.audit(store)] == ["store.create"]


def test_the_log_is_read_page_by_page_and_filtered(admin: Admin) -> None:
    store = admin.store()
    for number in range(7):
        admin.ask("PATCH", store, {"capacity": number + 1})
    seen: list[int] = []
    before = ""
    for _ in range(4):
        page = admin.get(f"/admin/audit?store_id={store[-36:]}&limit=3{before}")
        seen += [entry["entry_id"] for entry in page["entries"]]
        if page["next_before"] is None:
            break
        before = f"&before={page['next_before']}"
    assert len(seen) == 8
    assert seen == sorted(seen, reverse=True)
    mine = admin.get(f"/admin/audit?actor_id={admin.user_id}&action=store.create")["entries"]
    assert [entry["store_id"] for entry in mine] == [store[-36:]]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "before=0", "before=9223372036854775808", "action=%27", "store_id=7"]
)
def test_a_page_that_makes_no_sense_is_refused(admin: Admin, query: str) -> None:
    assert admin.get(f"/admin/audit?{query}", 422)["type"] == "validation_error"


def test_an_entry_of_the_log_cannot_be_changed_even_in_the_database(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    store = admin.store()
    for statement in (
        "UPDATE audit_log SET action = 'nothing' WHERE store_id = %s",
        "DELETE FROM audit_log WHERE store_id = %s",
    ):
        with pytest.raises(psycopg.Error):
            connection.execute(statement, [store[-36:]])
    assert [entry["action"] for entry in admin.audit(store)] == ["store.create"]
