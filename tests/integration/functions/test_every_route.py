"""Every route of every app, and what each does for an anonymous caller and for another tenant.

The table is checked against the apps: a route without its row fails the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from functions.admin.app import ROUTERS as ADMIN_ROUTERS
from functions.admin.app import build as build_admin
from functions.api.app import ROUTERS as OWNER_ROUTERS
from functions.api.app import build as build_api
from functions.common import bearer_token
from functions.common.app import Application
from functions.common.authentication import AuthenticatedRoute
from functions.common.secret import Secret
from functions.common.settings import ADMIN_SETTINGS, load_settings
from functions.common.unsubscribe_token import unsubscribe_token
from functions.ingest.database import Database
from functions.ingest.endpoints import Ingest
from tests.factories import make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.ingest.box import Box, handler_for, heartbeat, make_key
from tests.signing import SUPABASE_URL, Issuer

Connection = psycopg.Connection[Any]
SECRET = "Tenant-of-the-other-store"
"""Stands in every text of the other tenant: it must never be seen."""


@dataclass(frozen=True)
class Row:
    """A route, and a good request to it (`{store_id}`, `{camera_id}`, … are filled in)."""

    method: str
    path: str
    query: str = ""
    body: Any = None
    is_open: bool = False
    members: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path

    @property
    def id(self) -> str:
        return f"{self.method} {self.path}"


OWNER_ROUTES = [
    Row("GET", "/healthz", is_open=True),
    Row("GET", "/me"),
    Row("GET", "/stores"),
    Row("GET", "/live/{store_id}"),
    Row("GET", "/dashboard/{store_id}", "?period=day"),
    Row("GET", "/stores/{store_id}/footfall", "?from=2026-11-17&to=2026-11-18"),
    Row("GET", "/stores/{store_id}/forecast"),
    Row("POST", "/stores/{store_id}/occupancy-reset", body={"occupancy": 3}),
    Row("GET", "/stores/{store_id}/calendar", "?from=2026-12-01&to=2027-01-01"),
    Row("PUT", "/stores/{store_id}/calendar/{date}", body={"opening_hours": []}),
    Row("DELETE", "/stores/{store_id}/calendar/{date}"),
    Row("GET", "/stores/{store_id}/incidents"),
    Row("PATCH", "/stores/{store_id}/incidents/{incident_id}", body={"closed": True}),
    Row("GET", "/me/notifications"),
    Row("POST", "/me/notifications", body={"kind": "mail", "scope": "own_stores"}),
    Row("PATCH", "/me/notifications/{channel_id}", body={"enabled": False}),
    Row("DELETE", "/me/notifications/{channel_id}"),
    Row("POST", "/me/notifications/{channel_id}/test"),
    Row("GET", "/me/notifications/{channel_id}/deliveries"),
    Row("GET", "/me/reports"),
    Row("POST", "/me/reports", body={"store_id": "{store_id}", "period": "week"}),
    Row("GET", "/reports/preview", "?store_id={store_id}&period=day"),
    Row("DELETE", "/me/reports/{subscription_id}"),
    Row("POST", "/unsubscribe/{token}", is_open=True),
    Row("GET", "/stores/{store_id}/wall-links"),
    Row("POST", "/stores/{store_id}/wall-links", body={"name": "Spy"}),
    Row("DELETE", "/stores/{store_id}/wall-links/{wall_link_id}"),
    Row("GET", "/stores/{store_id}/wall/{wall_token}", is_open=True),
]

WINDOW = {"window_start": "2026-11-20T10:00:00Z", "window_end": "2026-11-20T11:00:00Z"}
IMPORTED = {"window_start": "2026-09-01T00:00:00Z", "window_end": "2026-09-08T00:00:00Z"}
ADMIN_ROUTES = [
    Row("GET", "/admin/stores"),
    Row("POST", "/admin/stores", body={"name": "New", "timezone": "UTC"}),
    Row("GET", "/admin/holiday-countries"),
    Row("GET", "/admin/cities", "?name=Cologne"),
    Row("GET", "/admin/stores/{store_id}"),
    Row("PATCH", "/admin/stores/{store_id}", body={"name": "Mine now"}),
    Row("POST", "/admin/stores/{store_id}/archive"),
    Row("POST", "/admin/stores/{store_id}/restore"),
    Row("GET", "/admin/stores/{store_id}/cameras"),
    Row("POST", "/admin/stores/{store_id}/cameras", body={"name": "Spy"}),
    Row("GET", "/admin/cameras/{camera_id}"),
    Row("PATCH", "/admin/cameras/{camera_id}", body={"name": "Mine now"}),
    Row("PUT", "/admin/cameras/{camera_id}/line", body={"line": None}),
    Row("GET", "/admin/cameras/{camera_id}/crossings"),
    Row("GET", "/admin/cameras/{camera_id}/track-ends"),
    Row("GET", "/admin/cameras/{camera_id}/snapshot"),
    Row("POST", "/admin/cameras/{camera_id}/snapshot-request"),
    Row("POST", "/admin/cameras/{camera_id}/accept-instance"),
    Row("POST", "/admin/cameras/{camera_id}/accept-view"),
    Row("POST", "/admin/cameras/{camera_id}/archive"),
    Row("GET", "/admin/cameras/{camera_id}/count-checks"),
    Row("POST", "/admin/cameras/{camera_id}/count-checks", body={**WINDOW, "manual_in": 1, "manual_out": 1}),
    Row("GET", "/admin/stores/{store_id}/owners"),
    Row("POST", "/admin/stores/{store_id}/owners", body={"email": "me@example.com"}),
    Row("DELETE", "/admin/stores/{store_id}/owners/{user_id}", "?allow_ownerless=true"),
    Row("DELETE", "/admin/stores/{store_id}/invites/{invite_id}"),
    Row("GET", "/admin/stores/{store_id}/worker-keys"),
    Row("POST", "/admin/stores/{store_id}/worker-keys", body={"name": "Mine"}),
    Row("DELETE", "/admin/stores/{store_id}/worker-keys/{worker_key_id}"),
    Row("GET", "/admin/worker-keys", f"?created_by={uuid4()}"),
    Row("GET", "/admin/import-windows"),
    Row("POST", "/admin/import-windows", body={**IMPORTED, "camera_id": "{camera_id}"}),
    Row("DELETE", "/admin/import-windows/{import_window_id}"),
    Row("GET", "/admin/superadmins"),
    Row("POST", "/admin/superadmins", body={"email": f"{uuid4()}@example.com"}),
    Row("DELETE", "/admin/superadmins/{superadmin_id}"),
    Row("GET", "/admin/health"),
    Row("GET", "/admin/health/coverage"),
    Row("GET", "/admin/audit"),
    Row("GET", "/admin/incidents"),
    Row("PATCH", "/admin/incidents/{incident_id}", body={"closed": True}),
]

INGEST_ROUTES = [
    Row("POST", "/events", body={"events": [{}]}),
    Row("POST", "/cameras/{camera_id}/heartbeat", body=heartbeat()),
    Row("PUT", "/cameras/{camera_id}/snapshot", body=b"\xff\xd8\xff\xd9"),
    Row("GET", "/cameras/{camera_id}/config"),
]

CLOSED = [row for row in OWNER_ROUTES + ADMIN_ROUTES if not row.is_open]


def names_a_store(row: Row) -> bool:
    """Whether the request names something of a store: in its path, its query, or its body."""
    body = "" if row.path.startswith("/admin") else str(row.body)
    return "{" in row.path + row.query or "{store_id}" in body


OF_A_STORE = [row for row in CLOSED if names_a_store(row)]
OF_A_CAMERA = [row for row in INGEST_ROUTES if "{" in row.path]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def ids(row: Row) -> str:
    return row.id


@dataclass(frozen=True)
class Tenant:
    """A store with everything a store can have."""

    store_id: UUID
    camera_id: UUID
    user_id: UUID
    invite_id: UUID
    worker_key_id: UUID
    key: str
    superadmin_id: UUID
    import_window_id: UUID
    incident_id: UUID
    channel_id: UUID
    subscription_id: UUID
    token: str
    wall_link_id: UUID
    wall_token: str

    def url(self, row: Row) -> str:
        return (row.path + row.query).format(**self._ids())

    def body(self, row: Row) -> Any:
        if not isinstance(row.body, dict):
            return row.body
        ids = self._ids()
        return {name: value.format(**ids) if isinstance(value, str) else value for name, value in row.body.items()}

    def _ids(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "key"} | {"date": datetime.now(UTC).date()}


def nobody() -> Tenant:
    """A store that does not exist."""
    values: dict[str, Any] = {each.name: uuid4() for each in fields(Tenant)}
    secrets = {"key": "mk_" + "a" * 43, "token": "un_" + "a" * 43, "wall_token": "wl_" + "a" * 43}
    return Tenant(**values | secrets)


@pytest.fixture(scope="module")
def opened(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as made:
        yield made


@pytest.fixture(scope="module")
def tenant(opened: Connection) -> Tenant:
    """Somebody else. One for all tests: none of them may change a thing about it."""
    connection = opened
    store_id = make_store(connection, name=f"{SECRET} store")
    camera_id = make_camera(connection, store_id, name=f"{SECRET} camera")
    user_id = make_member(connection, store_id, email=f"{SECRET.lower()}-{uuid4()}@example.com")
    key = make_key(connection, store_id)
    invite = connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at)"
        " VALUES (%s, %s, now() + interval '1 day') RETURNING id",
        [store_id, f"{SECRET.lower()}-{uuid4()}@example.com"],
    ).fetchone()
    worker_key = connection.execute("SELECT id FROM worker_keys WHERE store_id = %s", [store_id]).fetchone()
    connection.execute(
        "INSERT INTO audit_log (action, subject_type, store_id, after) VALUES ('store.change', 'store', %s, %s)",
        [store_id, json.dumps({"name": SECRET})],
    )
    assert invite is not None
    assert worker_key is not None
    return Tenant(
        store_id,
        camera_id,
        user_id,
        invite[0],
        worker_key[0],
        key,
        get_superadmin_id(connection),
        make_import_window(connection, store_id, camera_id),
        make_incident(connection, store_id, camera_id),
        make_channel(connection, user_id, store_id),
        *make_subscription(connection, user_id, store_id),
        *make_wall_link(connection, store_id),
    )


def make_subscription(connection: Connection, user_id: UUID, store_id: UUID) -> tuple[UUID, str]:
    """Return a subscription to the daily reports of a store, and the token that ends it."""
    subscription_id = uuid4()
    token = unsubscribe_token(Secret("NOTIFICATION_KEY", "another key"), subscription_id)
    connection.execute(
        "INSERT INTO report_subscriptions (id, user_id, store_id, period, unsubscribe_sha256, reported_until)"
        " VALUES (%s, %s, %s, 'day', %s, '2026-11-17')",
        [subscription_id, user_id, store_id, bearer_token.digest(token)],
    )
    return subscription_id, token


def make_wall_link(connection: Connection, store_id: UUID) -> tuple[UUID, str]:
    """Return a link to the wall view of a store, and its token."""
    token = bearer_token.generate("wl_")
    row = connection.execute(
        "INSERT INTO wall_links (store_id, name, token_sha256) VALUES (%s, %s, %s) RETURNING id",
        [store_id, f"{SECRET} screen", bearer_token.digest(token)],
    ).fetchone()
    assert row is not None
    return row[0], token


def make_channel(connection: Connection, user_id: UUID, store_id: UUID) -> UUID:
    """Return a webhook of a user."""
    row = connection.execute(
        "INSERT INTO notification_channels (user_id, kind, scope, store_id, url, minimum_severity, enabled_since)"
        " VALUES (%s, 'webhook', 'store', %s, %s, 'warning', now()) RETURNING id",
        [user_id, store_id, f"https://{SECRET.lower()}.example.com/hook"],
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def make_incident(connection: Connection, store_id: UUID, camera_id: UUID) -> UUID:
    """Return an open incident of a camera."""
    row = connection.execute(
        "INSERT INTO incidents (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at, opened_at)"
        " VALUES ('slow', %s, %s, %s, %s, 'Wait.', now(), now(), now()) RETURNING id",
        [store_id, camera_id, str(camera_id), f"{SECRET} is slow."],
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def make_import_window(connection: Connection, store_id: UUID, camera_id: UUID) -> UUID:
    """Return an open import window of a camera."""
    row = connection.execute(
        "INSERT INTO import_windows (store_id, camera_id, window_start, window_end, expires_at)"
        " VALUES (%s, %s, now() - interval '60 days', now() - interval '40 days', now() + interval '1 day')"
        " RETURNING id",
        [store_id, camera_id],
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def get_superadmin_id(connection: Connection) -> UUID:
    """Return the row of a new superadmin."""
    user_id = make_superadmin(connection)
    row = connection.execute("SELECT id FROM superadmins WHERE user_id = %s", [user_id]).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


@pytest.fixture(scope="module")
def apps(database_url: str, issuer: Issuer) -> Iterator[list[Application]]:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SUPABASE_URL": SUPABASE_URL}
    settings = load_settings(ADMIN_SETTINGS, environ)
    made = [build_api(settings), build_admin(settings)]
    for app in made:
        app.state.tokens = issuer.verifier()
    yield made
    for app in made:
        app.state.database.dispose()


@pytest.fixture(scope="module")
def clients(apps: list[Application]) -> Iterator[list[TestClient]]:
    with ExitStack() as stack:
        yield [stack.enter_context(TestClient(app, raise_server_exceptions=False)) for app in apps]


SAME_ID = {"X-Request-Id": "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11"}
"""Two responses are compared to the byte."""


@dataclass(frozen=True)
class Caller:
    """Asks whichever app has the route."""

    clients: list[TestClient]
    headers: dict[str, str]

    def __call__(self, row: Row, url: str, *, method: str | None = None, body: Any = None) -> Any:
        client = self.clients[1 if row.path.startswith("/admin") else 0]
        return client.request(method or row.method, url, json=body or row.body, headers=self.headers | SAME_ID)


@pytest.fixture(scope="module")
def stranger(clients: list[TestClient]) -> Caller:
    return Caller(clients, {})


@pytest.fixture(scope="module")
def neighbour(clients: list[TestClient], issuer: Issuer, opened: Connection) -> Caller:
    """A valid owner, of another store."""
    mine = make_store(opened)
    return Caller(clients, issuer.headers(make_member(opened, mine)))


@pytest.fixture
def box(connection: Connection, database_url: str) -> Box:
    """A box of another store, with a good key."""
    store_id = make_store(connection)
    return Box(handler_for(database_url), store_id, make_camera(connection, store_id), make_key(connection, store_id))


def state(connection: Connection, tenant: Tenant) -> list[Any]:
    """Everything that is stored about a tenant."""
    queries = (
        "SELECT * FROM stores WHERE id = %s",
        "SELECT * FROM cameras WHERE store_id = %s",
        "SELECT * FROM store_members WHERE store_id = %s",
        "SELECT * FROM store_invites WHERE store_id = %s",
        "SELECT * FROM worker_keys WHERE store_id = %s",
        "SELECT * FROM occupancy_resets WHERE store_id = %s",
        "SELECT * FROM count_checks WHERE store_id = %s",
        "SELECT * FROM import_windows WHERE store_id = %s",
        "SELECT * FROM audit_log WHERE store_id = %s",
        "SELECT * FROM report_subscriptions WHERE store_id = %s",
        "SELECT * FROM wall_links WHERE store_id = %s",
        "SELECT c.*, (SELECT count(*) FROM notifications n WHERE n.channel_id = c.id) FROM notification_channels c"
        " WHERE store_id = %s",
        "SELECT count(*) FROM events WHERE store_id = %s",
    )
    return [connection.execute(query, [tenant.store_id]).fetchall() for query in queries]


def routes_of(routers: Any) -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }


def test_every_route_of_the_owner_api_has_its_row() -> None:
    assert routes_of(OWNER_ROUTERS) == {row.key for row in OWNER_ROUTES}


def test_every_route_of_the_admin_api_has_its_row() -> None:
    assert routes_of(ADMIN_ROUTERS) == {row.key for row in ADMIN_ROUTES}


def test_every_route_of_ingest_has_its_row() -> None:
    settings = load_settings([], {})
    assert set(Ingest(settings, Database(settings.database_url)).routes()) == {row.key for row in INGEST_ROUTES}


def test_nothing_else_is_mounted_but_the_owner_apis_document(apps: list[Application]) -> None:
    # Routers stand in app.routes as a whole; what has a path of its own was added beside them.
    others = [[route.path for route in app.routes if hasattr(route, "path")] for app in apps]
    assert others == [["/openapi.json"], []]


def test_every_route_is_in_the_document_of_its_app(apps: list[Application]) -> None:
    for app, rows in zip(apps, (OWNER_ROUTES, ADMIN_ROUTES), strict=True):
        documented = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
        assert documented == {row.key for row in rows}


def test_only_the_open_routes_are_made_without_authentication() -> None:
    open_paths = {row.path for row in OWNER_ROUTES if row.is_open}
    for router in (*OWNER_ROUTERS, *ADMIN_ROUTERS):
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path not in open_paths:
                assert isinstance(route, AuthenticatedRoute), route.path


@pytest.mark.parametrize("row", CLOSED, ids=ids)
def test_a_stranger_gets_401(stranger: Caller, tenant: Tenant, row: Row) -> None:
    answer, nobodys = stranger(row, tenant.url(row)), stranger(row, nobody().url(row))
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.content == nobodys.content


@pytest.mark.parametrize("row", CLOSED, ids=ids)
def test_a_caller_without_a_valid_token_gets_401_whatever_else_is_wrong(clients: list[TestClient], row: Row) -> None:
    client, url = clients[row.path.startswith("/admin")], re.sub(r"\{\w+\}", "no-uuid", row.path)
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic dTpw"}):
        answer = client.request(row.method, url, headers=headers, content=b"{")
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("row", OF_A_STORE, ids=ids)
def test_another_tenants_things_are_404_to_the_byte_like_nobodys(
    neighbour: Caller, tenant: Tenant, connection: Connection, row: Row
) -> None:
    before = state(connection, tenant)
    none = nobody()
    answer = neighbour(row, tenant.url(row), body=tenant.body(row))
    nobodys = neighbour(row, none.url(row), body=none.body(row))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.content == nobodys.content
    assert dict(answer.headers) == dict(nobodys.headers)
    assert state(connection, tenant) == before


def test_a_token_in_a_url_that_is_wrong_used_or_of_another_installation_is_404_and_changes_nothing(
    stranger: Caller, tenant: Tenant, connection: Connection
) -> None:
    row = next(row for row in OWNER_ROUTES if row.path == "/unsubscribe/{token}")
    before = state(connection, tenant)
    foreign = unsubscribe_token(Secret("NOTIFICATION_KEY", "key of others"), tenant.subscription_id)
    wrong = ["un_", "x", tenant.token[:-1], tenant.token.lower(), f"{tenant.token}x", foreign, nobody().token, "%00"]
    answers = [stranger(row, f"/unsubscribe/{token}") for token in wrong]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert state(connection, tenant) == before
    store = make_store(connection)
    _, token = make_subscription(connection, make_member(connection, store), store)
    used = [stranger(row, f"/unsubscribe/{token}") for _ in range(2)]
    assert [answer.status_code for answer in used] == [200, 404]
    assert used[1].content == answers[0].content
    assert state(connection, tenant) == before


def test_a_wall_token_that_is_wrong_revoked_or_of_another_store_is_404_and_changes_nothing(
    stranger: Caller, neighbour: Caller, tenant: Tenant, connection: Connection
) -> None:
    row = next(row for row in OWNER_ROUTES if "{wall_token}" in row.path)
    before = state(connection, tenant)
    store = make_store(connection)
    revoked_id, revoked = make_wall_link(connection, store)
    connection.execute("DELETE FROM wall_links WHERE id = %s", [revoked_id])
    _, foreign = make_wall_link(connection, store)
    good = tenant.wall_token
    wrong = ["wl_", "x", good[:-1], good.lower(), f"{good}x", tenant.token, revoked, foreign, "%00"]
    urls = [f"/stores/{tenant.store_id}/wall/{token}" for token in wrong] + [f"/stores/{store}/wall/{good}"]
    answers = [who(row, url) for url in urls for who in (stranger, neighbour)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert state(connection, tenant) == before
    shown = stranger(row, f"/stores/{store}/wall/{foreign}")
    assert (shown.status_code, shown.json()["store_id"]) == (200, str(store))
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [store])
    assert stranger(row, f"/stores/{store}/wall/{foreign}").status_code == 404


def test_a_camera_of_another_tenant_in_a_query_is_like_nobodys(
    clients: list[TestClient], issuer: Issuer, tenant: Tenant, connection: Connection
) -> None:
    mine = make_store(connection)
    caller = Caller(clients, issuer.headers(make_member(connection, mine)))
    row = next(row for row in OWNER_ROUTES if row.path.endswith("/footfall"))
    found = [
        caller(row, f"/stores/{mine}/footfall{row.query}&camera_id={camera_id}")
        for camera_id in (tenant.camera_id, uuid4())
    ]
    assert found[0].content == found[1].content
    assert found[0].status_code == found[1].status_code


@pytest.mark.parametrize("row", [row for row in CLOSED if row not in OF_A_STORE], ids=ids)
def test_no_list_count_or_total_shows_anything_of_another_tenant(neighbour: Caller, tenant: Tenant, row: Row) -> None:
    answer = neighbour(row, tenant.url(row))
    assert answer.status_code == 404 if row.path.startswith("/admin") else answer.is_success
    shown = answer.text + str(dict(answer.headers))
    assert SECRET.lower() not in shown.lower()
    for identifier in (
        tenant.store_id,
        tenant.camera_id,
        tenant.user_id,
        tenant.invite_id,
        tenant.worker_key_id,
        tenant.channel_id,
    ):
        assert str(identifier) not in shown


@pytest.mark.parametrize("row", [row for row in CLOSED if not row.path.startswith("/admin")], ids=ids)
def test_a_superadmin_is_no_owner(
    clients: list[TestClient], issuer: Issuer, connection: Connection, tenant: Tenant, row: Row
) -> None:
    answer = Caller(clients, issuer.headers(make_superadmin(connection)))(row, tenant.url(row), body=tenant.body(row))
    assert answer.status_code == 404 if names_a_store(row) else answer.is_success
    assert SECRET.lower() not in answer.text.lower()


@pytest.mark.parametrize("row", OWNER_ROUTES + ADMIN_ROUTES, ids=ids)
def test_another_method_is_405_with_the_methods_there_are(clients: list[TestClient], issuer: Issuer, row: Row) -> None:
    rows = OWNER_ROUTES + ADMIN_ROUTES
    allowed = {other.method for other in rows if other.path == row.path}
    caller = Caller(clients, issuer.headers(superadmin=True))
    for method in set(METHODS) - allowed:
        answer = caller(row, nobody().url(row), method=method)
        assert (answer.status_code, answer.json()["type"]) == (405, "method_not_allowed")
        assert answer.headers["allow"]


@pytest.mark.parametrize("row", OWNER_ROUTES + ADMIN_ROUTES, ids=ids)
def test_every_answer_has_the_security_headers(stranger: Caller, row: Row) -> None:
    answer = stranger(row, nobody().url(row))
    assert answer.headers["strict-transport-security"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("row", INGEST_ROUTES, ids=ids)
def test_a_box_without_a_good_key_gets_401(box: Box, tenant: Tenant, row: Row) -> None:
    bodies = set()
    for key in ("", "mk_" + "a" * 43, "rubbish"):
        box.key = key
        for url in (tenant.url(row), nobody().url(row)):
            reply = box.ask(row.method, url, row.body)
            assert reply.status == 401
            bodies.add(json.dumps(reply.body))
    assert len(bodies) == 1


@pytest.mark.parametrize("row", OF_A_CAMERA, ids=ids)
def test_a_box_of_another_store_gets_404_to_the_byte_like_for_nobodys_camera(
    box: Box, tenant: Tenant, connection: Connection, storage: str, *, picture: bytes, row: Row
) -> None:
    before = state(connection, tenant)
    body, headers = (picture, {"Content-Type": "image/jpeg"}) if row.method == "PUT" else (row.body, {})
    reply = box.ask(row.method, tenant.url(row), body, headers=SAME_ID | headers)
    nobodys = box.ask(row.method, nobody().url(row), body, headers=SAME_ID | headers)
    assert reply.status == 404
    assert reply == nobodys
    assert state(connection, tenant) == before


@pytest.mark.parametrize("row", INGEST_ROUTES, ids=ids)
def test_another_method_of_ingest_is_405(box: Box, row: Row) -> None:
    for method in set(METHODS) - {row.method}:
        assert box.ask(method, nobody().url(row)).status == 405


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8403", "http://127.0.0.1:8404"])
def test_our_pages_may_read_the_answers(apps: list[Application], origin: str) -> None:
    for app in apps:
        answer = TestClient(app).get("/me", headers={"Origin": origin})
        assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:8403.evil.example", "http://127.0.0.1:84033"]
)
def test_no_other_page_may(apps: list[Application], origin: str) -> None:
    for app in apps:
        client = TestClient(app)
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        for answer in (client.get("/me", headers=asked), client.options("/me", headers=asked)):
            assert "access-control-allow-origin" not in answer.headers
            assert "access-control-allow-credentials" not in answer.headers
