"""The Lambdas on logins of their own: each group role may do what its routes need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from functions.admin.app import ROUTERS as ADMIN_ROUTERS
from functions.admin.app import build as build_admin
from functions.api.app import ROUTERS as OWNER_ROUTERS
from functions.api.app import build as build_api
from functions.common.app import Application
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.factories import Event, insert_events, make_camera, make_store, make_superadmin
from tests.integration.functions.every_route.routes import ADMIN_ROUTES, OWNER_ROUTES, Row, ids
from tests.integration.functions.every_route.tenant import make_busy_tenant
from tests.integration.functions.ingest.box import Box, handler_for, heartbeat, make_key
from tests.integration.local.auth.running import LocalAuth
from tests.signing import Issuer

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def clients(logins: dict[str, str], local_auth: LocalAuth, issuer: Issuer) -> Iterator[dict[str, TestClient]]:
    """The owner API and the admin API, each on its login."""
    with ExitStack() as stack:
        opened = {}
        for group, build in (("metrica_api", build_api), ("metrica_admin", build_admin)):
            app: Application = build(load_settings(ADMIN_SETTINGS, local_auth.lambda_environment(logins[group])))
            app.state.tokens = issuer.verifier()
            stack.callback(app.state.database.dispose)
            opened[group] = stack.enter_context(TestClient(app))
        yield opened


@pytest.mark.parametrize("row", OWNER_ROUTES, ids=ids)
def test_every_route_of_the_owner_api_works(
    clients: dict[str, TestClient], issuer: Issuer, connection: Connection, row: Row
) -> None:
    tenant = make_busy_tenant(connection)
    headers = issuer.headers(tenant.user_id)
    answer = clients["metrica_api"].request(row.method, tenant.url(row), json=tenant.body(row), headers=headers)
    assert answer.status_code in {200, 201, 204}, answer.text


@pytest.mark.clock
@pytest.mark.parametrize("group", ["metrica_api", "metrica_admin"])
def test_somebody_who_signs_in_first_becomes_what_they_were_invited_to(
    clients: dict[str, TestClient], issuer: Issuer, connection: Connection, group: str
) -> None:
    store_id, email = make_store(connection), f"{uuid4()}@example.com"
    connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at) VALUES (%s, %s, now() + interval '1 day')",
        [store_id, email],
    )
    path = {"metrica_api": "/me", "metrica_admin": "/admin/health"}[group]
    headers = issuer.headers(make_superadmin(connection), email)
    assert clients[group].get(path, headers=headers).status_code == 200
    assert [store["store_id"] for store in clients["metrica_api"].get("/me", headers=headers).json()["stores"]] == [
        str(store_id)
    ]
    logged = connection.execute("SELECT action, actor_email FROM audit_log WHERE store_id = %s", [store_id]).fetchall()
    assert logged == [("invite.accept", email)]


@pytest.mark.parametrize("row", ADMIN_ROUTES, ids=ids)
@pytest.mark.usefixtures("storage")
def test_every_route_of_the_admin_api_works(
    clients: dict[str, TestClient], issuer: Issuer, connection: Connection, row: Row
) -> None:
    tenant, headers = make_busy_tenant(connection), issuer.headers(make_superadmin(connection))
    answer = clients["metrica_admin"].request(row.method, tenant.url(row), json=tenant.body(row), headers=headers)
    assert answer.is_success, answer.text


CREATING_ROUTES = [
    (group, row)
    for group, routers, rows in (
        ("metrica_api", OWNER_ROUTERS, OWNER_ROUTES),
        ("metrica_admin", ADMIN_ROUTERS, ADMIN_ROUTES),
    )
    for router in routers
    for route in router.routes
    for row in rows
    if isinstance(route, APIRoute) and route.status_code == 201 and row.key == ("POST", route.path)
]


@pytest.mark.parametrize(("group", "row"), CREATING_ROUTES, ids=lambda value: getattr(value, "id", value))
def test_every_creating_route_answers_a_repetition_with_the_same_body(
    clients: dict[str, TestClient], issuer: Issuer, connection: Connection, group: str, row: Row
) -> None:
    tenant = make_busy_tenant(connection)
    caller = make_superadmin(connection) if group == "metrica_admin" else tenant.user_id
    headers = {**issuer.headers(caller), "Idempotency-Key": str(uuid4())}
    url, body = tenant.url(row), tenant.body(row)
    if body is not None and "email" in body:
        body = {**body, "email": f"{uuid4()}@example.com"}
    first, again = (clients[group].post(url, json=body, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert again.content == first.content


@pytest.mark.clock
def test_a_camera_that_an_admin_switches_off_ends_its_counting_period(
    clients: dict[str, TestClient], issuer: Issuer, connection: Connection
) -> None:
    tenant, headers = make_busy_tenant(connection), issuer.headers(make_superadmin(connection))
    for counts in (False, True, False):
        path, body = f"/admin/cameras/{tenant.camera_id}", {"is_counting_line": counts}
        assert clients["metrica_admin"].patch(path, json=body, headers=headers).is_success
    ends = connection.execute(
        "SELECT counts_until > now() FROM camera_counting_periods WHERE camera_id = %s", [tenant.camera_id]
    ).fetchall()
    assert ends == [(True,)]


@pytest.fixture
def box(logins: dict[str, str], connection: Connection) -> Box:
    """An edge box in front of ingest on its login."""
    store_id = make_store(connection)
    handler = handler_for(logins["metrica_ingest"])
    return Box(handler, store_id, make_camera(connection, store_id), make_key(connection, store_id))


@pytest.mark.clock
def test_ingest_stores_crossings_of_now_and_late_ones_into_compressed_chunks(box: Box, connection: Connection) -> None:
    old = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=29)
    insert_events(connection, box.store_id, box.camera_id, [Event(old)])
    connection.execute(
        "SELECT compress_chunk(c, true) FROM show_chunks('events', older_than => now() - interval '22 days') c"
    )
    batch = [box.event(), box.event(ts=(old + timedelta(seconds=1)).isoformat())]
    assert box.send(*batch).body == {"inserted": 2, "duplicates": 0, "rejected": []}
    assert box.send(*batch).body == {"inserted": 0, "duplicates": 2, "rejected": []}
    noted = connection.execute("SELECT hour, version FROM late_ranges WHERE store_id = %s", [box.store_id]).fetchall()
    assert noted == [(old, 2)]  # the first event, then the one of the box


@pytest.mark.clock
def test_ingest_takes_heartbeats_and_the_fuller_of_two_reports_of_a_minute(box: Box, connection: Connection) -> None:
    minute = {"minute": "", "frames": 100, "dropped": 0, "fps": 10.0, "reconnects": 0, "line_version": 1}
    starts = [
        datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1),
        datetime.now(UTC) - timedelta(days=9),
    ]
    for frames in (100, 600, 300):
        minutes = [
            {**minute, "minute": at.replace(second=0, microsecond=0).isoformat(), "frames": frames} for at in starts
        ]
        reply = box.ask("POST", f"/cameras/{box.camera_id}/heartbeat", heartbeat(minutes=minutes))
        assert (reply.status, reply.body["rejected"]) == (200, [])
    stored = connection.execute("SELECT frames FROM camera_minutes WHERE camera_id = %s", [box.camera_id]).fetchall()
    assert stored == [(600,), (600,)]


@pytest.mark.usefixtures("storage")
def test_ingest_takes_snapshots_and_hands_out_the_config(box: Box, picture: bytes) -> None:
    assert box.snapshot(picture).status == 200
    config = box.config()
    assert config.status == 200
    assert box.config(headers={"If-None-Match": config.headers["ETag"]}).status == 304
