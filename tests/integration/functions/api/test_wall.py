"""The wall view of a store, and the links to it: created and revoked by owners, shown without a sign-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.api.services.wall import MAX_WALL_LINKS
from functions.common import bearer_token
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture


@pytest.fixture
def store(create_store: CreateStore) -> StoreFixture:
    """A store with room for ten people and four of them inside."""
    made = create_store(name="Corner shop", capacity=10)
    made.add_observed_minutes(made.now - timedelta(hours=1), made.now)
    made.add_crossings(ins=[made.now - timedelta(minutes=10)] * 6, outs=[made.now - timedelta(minutes=5)] * 2)
    return made


def ask(store: StoreFixture, method: str, path: str = "", body: Any = None) -> Any:
    url = f"/stores/{store.store_id}/wall-links{path}"
    return store.client.request(method, url, json=body, headers=store.headers)


def create(store: StoreFixture, name: str = "Entrance") -> Any:
    answer = ask(store, "POST", body={"name": name})
    assert answer.status_code == 201, answer.text
    return answer.json()


def show(store: StoreFixture, token: str) -> Any:
    """Ask as a screen does: without a sign-in."""
    return store.client.get(f"/stores/{store.store_id}/wall/{token}")


def test_whoever_has_the_link_sees_the_live_occupancy_and_nothing_else(store: StoreFixture) -> None:
    link = create(store)
    assert set(link) == {"wall_link_id", "name", "created_at", "last_used_at", "token"}
    answer = show(store, link["token"])
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    shown, live = answer.json(), store.live()
    names = {"store_id", "name", "timezone", "as_of", "is_open", "occupancy", "occupancy_state", "capacity", "health"}
    assert shown == {name: live[name] for name in names | {"provenance"}}
    assert (shown["occupancy"], shown["capacity"]) == (4, 10)


def test_a_link_is_listed_without_its_token_and_tells_when_a_screen_used_it(store: StoreFixture) -> None:
    first, second = create(store, "Entrance"), create(store, " Back door ")
    assert show(store, second["token"]).status_code == 200
    listed = ask(store, "GET").json()["wall_links"]
    assert {link["name"]: link["last_used_at"] is None for link in listed} == {"Entrance": True, "Back door": False}
    assert first["token"] not in str(listed)
    used = "SELECT last_used_at, xmin::text FROM wall_links WHERE id = %s"
    before = store.connection.execute(used, [second["wall_link_id"]]).fetchone()
    assert show(store, second["token"]).status_code == 200
    assert store.connection.execute(used, [second["wall_link_id"]]).fetchone() == before  # written once an hour
    age = "UPDATE wall_links SET last_used_at = now() - interval '61 minutes' WHERE id = %s"
    store.connection.execute(age, [second["wall_link_id"]])
    assert show(store, second["token"]).status_code == 200
    fresh = "SELECT last_used_at > now() - interval '1 minute' FROM wall_links WHERE id = %s"
    assert store.connection.execute(fresh, [second["wall_link_id"]]).fetchone() == (True,)


def test_a_revoked_link_shows_nothing_and_the_others_go_on(store: StoreFixture) -> None:
    revoked, kept = create(store), create(store)
    assert ask(store, "DELETE", f"/{revoked['wall_link_id']}").status_code == 204
    assert [show(store, link["token"]).status_code for link in (revoked, kept)] == [404, 200]
    again = ask(store, "DELETE", f"/{revoked['wall_link_id']}")
    assert (again.status_code, again.json()["type"]) == (404, "wall_link_not_found")
    rows = store.connection.execute(
        "SELECT action, before, after FROM audit_log WHERE subject_type = 'wall_link' AND subject_id = %s ORDER BY at",
        [revoked["wall_link_id"]],
    ).fetchall()
    assert rows == [("wall_link.create", None, {"name": "Entrance"}), ("wall_link.revoke", {"name": "Entrance"}, None)]


def test_the_database_has_the_hash_of_a_token_only(store: StoreFixture) -> None:
    link = create(store)
    row = store.connection.execute("SELECT * FROM wall_links WHERE id = %s", [link["wall_link_id"]]).fetchone()
    assert row is not None
    assert bearer_token.digest(link["token"]) in row
    assert link["token"] not in str(row)


def test_a_store_has_a_limited_number_of_links(store: StoreFixture) -> None:
    for n in range(MAX_WALL_LINKS):
        create(store, f"Screen {n}")
    refused = ask(store, "POST", body={"name": "One more"})
    assert (refused.status_code, refused.json()["type"]) == (409, "too_many_wall_links")


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "  "}, {"name": "x" * 81}, {"name": "x", "token": "y"}])
def test_a_link_needs_a_name_and_nothing_else(store: StoreFixture, body: Any) -> None:
    assert ask(store, "POST", body=body).status_code == 422
