"""Superadmins are rows of our own table, read at each admin request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin.app import build
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.factories import make_member, make_store, make_superadmin
from tests.integration.functions.admin.conftest import Admin
from tests.signing import Issuer

Connection = psycopg.Connection[Any]
MakeAdmin = Callable[..., Admin]


@pytest.fixture
def make_admin(client: TestClient, issuer: Issuer) -> MakeAdmin:
    """Return a function that makes somebody with a token at the admin API, superadmin or not."""

    def make(user_id: UUID | None = None, email: str | None = None, *, has_role: bool = False) -> Admin:
        user_id = user_id or uuid4()
        return Admin(client, issuer.headers(user_id, email, superadmin=has_role), user_id)

    return make


def superadmin_id_of(admin: Admin, user_id: UUID) -> str:
    rows = admin.get("/admin/superadmins")["superadmins"]
    return str(next(row["superadmin_id"] for row in rows if row["user_id"] == str(user_id)))


def entries_about(admin: Admin, superadmin_id: str) -> list[dict[str, Any]]:
    """The audit log's entries about a superadmin, oldest first."""
    entries = admin.get("/admin/audit?limit=200")["entries"]
    return [entry for entry in entries[::-1] if entry["subject_id"] == superadmin_id]


def test_the_role_of_the_token_does_not_suffice(admin: Admin, make_admin: MakeAdmin) -> None:
    admin.get("/admin/stores")
    assert make_admin(has_role=True).get("/admin/stores", 404)["type"] == "not_found"


def test_an_address_that_was_added_is_a_superadmin_from_the_first_request_on(
    admin: Admin, make_admin: MakeAdmin
) -> None:
    email = f"{uuid4()}@Example.com"
    added = admin.post("/admin/superadmins", {"email": email})
    assert (added["email"], added["user_id"], added["added_by"]) == (email.lower(), None, str(admin.user_id))
    new = make_admin(email=email)
    new.get("/admin/stores")
    assert superadmin_id_of(admin, new.user_id) == added["superadmin_id"]
    assert [(entry["action"], entry["actor_id"]) for entry in entries_about(admin, added["superadmin_id"])] == [
        ("superadmin.add", str(admin.user_id)),
        ("superadmin.sign_in", str(new.user_id)),
    ]


def test_after_the_first_request_the_address_makes_nobody_else_a_superadmin(
    admin: Admin, make_admin: MakeAdmin
) -> None:
    email = f"{uuid4()}@example.com"
    admin.post("/admin/superadmins", {"email": email})
    first = make_admin(email=email)
    first.get("/admin/stores")
    make_admin(email=email).get("/admin/stores", 404)
    first.get("/admin/stores")


@pytest.mark.parametrize("has_role", [False, True])
def test_a_removed_superadmin_gets_403_at_once_and_can_make_nothing(
    admin: Admin, make_admin: MakeAdmin, connection: Connection, *, has_role: bool
) -> None:
    dismissed = make_admin(make_superadmin(connection), has_role=has_role)
    store = dismissed.store()
    superadmin_id = superadmin_id_of(admin, dismissed.user_id)
    admin.delete(f"/admin/superadmins/{superadmin_id}")
    for method, path, body in (
        ("GET", "/admin/stores", None),
        ("POST", f"{store}/worker-keys", {"name": "back door"}),
        ("POST", "/admin/superadmins", {"email": f"{uuid4()}@example.com"}),
        ("DELETE", f"/admin/superadmins/{superadmin_id}", None),
    ):
        assert dismissed.ask(method, path, body, 403)["type"] == "superadmin_removed"
    assert admin.get(f"{store}/worker-keys")["worker_keys"] == []
    last = entries_about(admin, superadmin_id)[-1]
    assert (last["action"], last["actor_id"]) == ("superadmin.remove", str(admin.user_id))
    assert last["before"]["user_id"] == str(dismissed.user_id)


def test_an_address_that_was_removed_before_its_first_request_is_no_superadmin(
    admin: Admin, make_admin: MakeAdmin
) -> None:
    email = f"{uuid4()}@example.com"
    added = admin.post("/admin/superadmins", {"email": email})
    admin.delete(f"/admin/superadmins/{added['superadmin_id']}")
    make_admin(email=email).get("/admin/stores", 403)
    assert admin.delete(f"/admin/superadmins/{added['superadmin_id']}", 404)["type"] == "superadmin_not_found"


def test_a_removed_superadmin_can_be_added_again(admin: Admin, make_admin: MakeAdmin, connection: Connection) -> None:
    email = f"{uuid4()}@example.com"
    other = make_admin(make_superadmin(connection, email=email), email)
    admin.delete(f"/admin/superadmins/{superadmin_id_of(admin, other.user_id)}")
    other.get("/admin/stores", 403)
    admin.post("/admin/superadmins", {"email": email})
    other.get("/admin/stores")


def test_an_address_is_added_once_also_after_the_user_has_changed_it(
    admin: Admin, make_admin: MakeAdmin, connection: Connection
) -> None:
    old, new = f"{uuid4()}@example.com", f"{uuid4()}@example.com"
    user_id = make_superadmin(connection, email=old)
    make_admin(user_id, new).get("/admin/stores")
    assert admin.post("/admin/superadmins", {"email": new.upper()}, 409)["type"] == "already_superadmin"


def test_a_second_row_for_the_address_of_a_removed_superadmin_is_removed_too(
    admin: Admin, make_admin: MakeAdmin, connection: Connection
) -> None:
    email = f"{uuid4()}@example.com"
    user_id = make_superadmin(connection)
    admin.post("/admin/superadmins", {"email": email})
    dismissed = make_admin(user_id, email)  # after a change of address
    dismissed.get("/admin/stores")
    admin.delete(f"/admin/superadmins/{superadmin_id_of(admin, user_id)}")
    dismissed.get("/admin/stores", 403)


def test_what_a_superadmin_made_is_listed(admin: Admin, make_admin: MakeAdmin, connection: Connection) -> None:
    dismissed = make_admin(make_superadmin(connection))
    made = []
    for name in ("one", "two"):
        store = dismissed.store(name=name)
        key = dismissed.post(f"{store}/worker-keys", {"name": "box"})
        assert key["created_by"] == str(dismissed.user_id)
        made.append((store.rpartition("/")[2], name, key["worker_key_id"]))
        admin.post(f"{store}/worker-keys", {"name": "another box"})
    listed = admin.get(f"/admin/worker-keys?created_by={dismissed.user_id}")["worker_keys"]
    assert [(key["store_id"], key["store_name"], key["worker_key_id"]) for key in listed] == made[::-1]
    entries = admin.get(f"/admin/audit?actor_id={dismissed.user_id}")["entries"]
    assert [entry["action"] for entry in entries] == ["worker_key.create", "store.create"] * 2


def test_an_owner_learns_nothing_about_the_admin_api(make_admin: MakeAdmin, connection: Connection) -> None:
    owner = make_admin(make_member(connection, make_store(connection)))
    assert owner.get("/admin/superadmins", 404) == owner.get("/admin/nothing", 404)


@pytest.fixture
def make_first_admin(own_url: str, environ: dict[str, str], issuer: Issuer) -> Iterator[MakeAdmin]:
    """As `make_admin`, on a database without superadmins."""
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("DELETE FROM superadmins")
    app = build(load_settings(ADMIN_SETTINGS, {**environ, "DATABASE_URL": own_url}))
    app.state.tokens = issuer.verifier()
    client = TestClient(app, raise_server_exceptions=False)

    def make(*, has_role: bool) -> Admin:
        user_id = uuid4()
        return Admin(client, issuer.headers(user_id, superadmin=has_role), user_id)

    yield make
    app.state.database.dispose()


def test_the_role_of_a_token_adds_the_first_superadmin_only(make_first_admin: MakeAdmin) -> None:
    make_first_admin(has_role=False).get("/admin/stores", 404)
    first, second = make_first_admin(has_role=True), make_first_admin(has_role=True)
    first.get("/admin/stores")
    second.get("/admin/stores", 404)
    [row] = first.get("/admin/superadmins")["superadmins"]
    assert (row["user_id"], row["added_by"]) == (str(first.user_id), None)
    assert [entry["action"] for entry in entries_about(first, row["superadmin_id"])] == ["superadmin.add"]


def test_the_last_superadmin_cannot_be_removed(make_first_admin: MakeAdmin) -> None:
    first = make_first_admin(has_role=True)
    [row] = first.get("/admin/superadmins")["superadmins"]
    assert first.delete(f"/admin/superadmins/{row['superadmin_id']}", 409)["type"] == "last_superadmin"
    first.post("/admin/superadmins", {"email": "second@example.com"})
    first.delete(f"/admin/superadmins/{row['superadmin_id']}")
    first.get("/admin/superadmins", 403)
    make_first_admin(has_role=True).get("/admin/superadmins", 404)
