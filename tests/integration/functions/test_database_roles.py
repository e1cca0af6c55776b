"""The Lambdas on logins of their own: each group role may do what its routes need, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from fastapi.routing import APIRoute
from psycopg import errors, sql
from starlette.testclient import TestClient

from functions.admin.app import ROUTERS as ADMIN_ROUTERS
from functions.admin.app import build as build_admin
from functions.admin.maintenance import maintain
from functions.api.app import ROUTERS as OWNER_ROUTERS
from functions.api.app import build as build_api
from functions.api.reports_job import ReportsError, write_reports
from functions.api.store_days_job import compute_days_of_stores
from functions.common.app import Application
from functions.common.database import Database
from functions.common.settings import (
    ADMIN_SETTINGS,
    INCIDENTS_SETTINGS,
    MAINTENANCE_SETTINGS,
    NOTIFICATIONS_SETTINGS,
    STORE_DAYS_SETTINGS,
    load_settings,
)
from functions.common.tenancy import list_all_stores
from functions.incidents.job import IncidentsError
from functions.incidents.job import run as find_incidents
from functions.notifications.job import Senders
from functions.notifications.job import run as send_notifications
from tests.database import run_policies, run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.every_route.routes import ADMIN_ROUTES, OWNER_ROUTES, Row, ids
from tests.integration.functions.every_route.tenant import (
    Tenant,
    get_superadmin_id,
    make_channel,
    make_import_window,
    make_incident,
    make_subscription,
    make_wall_link,
)
from tests.integration.functions.ingest.box import Box, handler_for, heartbeat, make_key
from tests.integration.local.auth.running import SITE_URL, LocalAuth
from tests.signing import Issuer

Connection = psycopg.Connection[Any]
GROUPS = (
    "metrica_ingest",
    "metrica_api",
    "metrica_admin",
    "metrica_maintenance",
    "metrica_incidents",
    "metrica_notifications",
)


@pytest.fixture(scope="module")
def logins(database_url: str) -> Iterator[dict[str, str]]:
    """The DATABASE_URL of a login in each group role, made as docs/security.md says."""
    made: dict[str, tuple[str, str]] = {group: (f"{group}_{uuid4().hex[:8]}", uuid4().hex) for group in GROUPS}
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as owner:
        for group, (name, password) in made.items():
            create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
            owner.execute(create.format(sql.Identifier(name), sql.Literal(password), sql.Identifier(group)))
        yield {group: _as(database_url, *login) for group, login in made.items()}
        for name, _ in made.values():
            owner.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def _as(url: str, name: str, password: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{name}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()


@pytest.fixture(scope="module")
def clients(logins: dict[str, str], local_auth: LocalAuth, issuer: Issuer) -> Iterator[dict[str, TestClient]]:
    """The owner API and the admin API, each on its login."""
    with ExitStack() as stack:
        opened = {}
        for group, build in (("metrica_api", build_api), ("metrica_admin", build_admin)):
            app: Application = build(
                load_settings(
                    ADMIN_SETTINGS,
                    {
                        "METRICA_ENV": "test",
                        "DATABASE_URL": logins[group],
                        "SUPABASE_URL": local_auth.url,
                        "SUPABASE_SERVICE_ROLE_KEY": local_auth.service.keys.service_role_key,
                        "DASHBOARD_URL": SITE_URL,
                    },
                )
            )
            app.state.tokens = issuer.verifier()
            stack.callback(app.state.database.dispose)
            opened[group] = stack.enter_context(TestClient(app))
        yield opened


def make_tenant(connection: Connection) -> Tenant:
    """A store with everything a store can have, a snapshot too."""
    store_id = make_store(connection)
    camera_id = make_camera(connection, store_id)
    connection.execute(
        "UPDATE cameras SET snapshot_at = now(), snapshot_key = 'snapshots/x', picture = 'moved',"
        " rejected_instance_id = gen_random_uuid() WHERE id = %s",
        [camera_id],
    )
    connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, now() - interval '1 hour', 3)", [store_id]
    )
    insert_events(connection, store_id, camera_id, [Event(datetime.now(UTC) - timedelta(minutes=n)) for n in range(99)])
    key = make_key(connection, store_id)
    invite = connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at)"
        " VALUES (%s, %s, now() + interval '1 day') RETURNING id",
        [store_id, f"{uuid4()}@example.com"],
    ).fetchone()
    worker_key = connection.execute("SELECT id FROM worker_keys WHERE store_id = %s", [store_id]).fetchone()
    assert invite is not None
    assert worker_key is not None
    owner_id, superadmin_id = make_member(connection, store_id), get_superadmin_id(connection)
    import_window_id = make_import_window(connection, store_id, camera_id)
    incident_id = make_incident(connection, store_id, camera_id)
    return Tenant(
        *(store_id, camera_id, owner_id, invite[0], worker_key[0], key, superadmin_id, import_window_id, incident_id),
        make_channel(connection, owner_id, store_id),
        *make_subscription(connection, owner_id, store_id),
        *make_wall_link(connection, store_id),
    )


@pytest.mark.parametrize("row", OWNER_ROUTES, ids=ids)
def test_every_route_of_the_owner_api_works(
    clients: dict[str, TestClient], issuer: Issuer, connection: Connection, row: Row
) -> None:
    tenant = make_tenant(connection)
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
    tenant, headers = make_tenant(connection), issuer.headers(make_superadmin(connection))
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
    tenant = make_tenant(connection)
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
    tenant, headers = make_tenant(connection), issuer.headers(make_superadmin(connection))
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


@pytest.mark.clock
def test_maintenance_works(logins: dict[str, str], connection: Connection, storage: str) -> None:
    tenant = make_tenant(connection)
    connection.execute(
        "UPDATE store_invites SET expires_at = now() - interval '1 year' WHERE id = %s", [tenant.invite_id]
    )
    connection.execute(
        "INSERT INTO idempotency_keys VALUES (gen_random_uuid(), '', '', '', now() - interval '25 hours')"
    )
    environ = {"METRICA_ENV": "test", "DATABASE_URL": logins["metrica_maintenance"], "SNAPSHOT_BUCKET": storage}
    run_refresh_job(connection)
    run_policies(connection)
    for table in ("stores", "store_settings"):  # of tests of unknown time zones
        connection.execute(f"UPDATE {table} SET timezone = 'UTC' WHERE timezone LIKE 'Mars/%'".encode())
    done = maintain(load_settings(MAINTENANCE_SETTINGS, environ))
    assert done["old_invites_deleted"] != 0
    assert done["old_idempotency_keys_deleted"] == 1


def test_the_job_of_the_store_days_works(logins: dict[str, str], connection: Connection) -> None:
    now = datetime.now(UTC)
    store = make_store(connection)
    camera = make_camera(connection, store, created_at=now - timedelta(days=3), delivered_until=now, last_seen_at=now)
    insert_events(connection, store, camera, [Event(now - timedelta(days=2), "IN")])
    run_refresh_job(connection)
    environ = {"METRICA_ENV": "test", "DATABASE_URL": logins["metrica_api"]}
    database = Database(load_settings(STORE_DAYS_SETTINGS, environ).database_url)
    with database.connect() as opened:
        (readable,) = (row for row in list_all_stores(opened) if row.id == store)
    assert compute_days_of_stores(database, [readable], now) > 0
    database.dispose()


def test_the_job_of_the_incidents_works(logins: dict[str, str], connection: Connection) -> None:
    now = datetime.now(UTC)
    store = make_store(connection)
    make_camera(connection, store, last_seen_at=now - timedelta(minutes=11))
    environ = {"METRICA_ENV": "test", "DATABASE_URL": logins["metrica_incidents"]}
    database = Database(load_settings(INCIDENTS_SETTINGS, environ).database_url)
    with suppress(IncidentsError):  # of stores whose time zones other tests made invalid
        find_incidents(database, now)
    database.dispose()
    rows = connection.execute("SELECT type FROM incidents WHERE store_id = %s", [store]).fetchall()
    assert rows == [("camera_offline",)]


def test_the_job_of_the_reports_works(logins: dict[str, str], connection: Connection) -> None:
    store = make_store(connection)
    make_subscription(connection, make_member(connection, store), store)
    database = Database(load_settings([], {"DATABASE_URL": logins["metrica_api"]}).database_url)
    with suppress(ReportsError):  # of stores whose time zones other tests made invalid
        write_reports(database, datetime.now(UTC))
    database.dispose()
    rows = connection.execute(
        "SELECT count(*) FROM notifications n JOIN report_subscriptions s ON s.id = n.subscription_id"
        " WHERE s.store_id = %s",
        [store],
    ).fetchall()
    assert rows == [(1,)]


def test_the_job_of_the_notifications_works(logins: dict[str, str], connection: Connection) -> None:
    now = datetime.now(UTC)
    store = make_store(connection)
    camera, owner = make_camera(connection, store), make_member(connection, store)
    channel = make_channel(connection, owner, store)
    connection.execute("UPDATE notification_channels SET url = 'https://127.0.0.1/' WHERE id = %s", [channel])
    make_incident(connection, store, camera)
    environ = {"METRICA_ENV": "test", "DATABASE_URL": logins["metrica_notifications"]}
    settings = load_settings(NOTIFICATIONS_SETTINGS, environ)
    database = Database(settings.database_url)
    for minutes in (1, 11):
        at = now + timedelta(minutes=minutes)
        send_notifications(database, Senders.of(settings), lambda at=at: at)  # type: ignore[misc]
    database.dispose()
    rows = connection.execute("SELECT attempts, outcome FROM notifications WHERE channel_id = %s", [channel]).fetchall()
    assert [(attempts, outcome[:36]) for attempts, outcome in rows] == [(1, "The URL of the webhook is refused. M")]


REFUSED_TO_ALL = [
    "UPDATE audit_log SET action = 'nothing'",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "DROP TRIGGER reject_update_or_delete ON audit_log",
    "ALTER TABLE audit_log DISABLE TRIGGER ALL",
    "INSERT INTO audit_log (id, action, subject_type) OVERRIDING SYSTEM VALUE VALUES (1, 'x', 'y')",
    "INSERT INTO camera_counting_periods SELECT id, store_id, now() FROM cameras",
    "UPDATE camera_counting_periods SET counts_from = now()",
    "INSERT INTO camera_lines (camera_id, version, anchor, valid_from) SELECT id, 9, 'foot', now() FROM cameras",
    "UPDATE camera_lines SET line = NULL",
    "DELETE FROM camera_lines",
    "DELETE FROM camera_line_minutes",
    "UPDATE camera_line_minutes SET line_version = 1",
    "INSERT INTO analyst_grants VALUES (current_user, gen_random_uuid())",
    "SELECT * FROM analyst_grants",
    "UPDATE events SET direction = 'IN'",
    "DELETE FROM events",
    "TRUNCATE events",
    "DELETE FROM stores",
    "DELETE FROM cameras",
    "DELETE FROM users",
    "DELETE FROM worker_keys",
    "DELETE FROM superadmins",
    "UPDATE superadmins SET email = 'me@example.com'",
    "UPDATE superadmins SET added_at = now()",
    "DELETE FROM occupancy_resets",
    "CREATE TABLE public.mine (a int)",
    "CREATE TEMP TABLE mine (a int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.peek() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE events ADD COLUMN face bytea",
    "DROP TABLE users",
    "CREATE ROLE somebody LOGIN",
    "GRANT metrica_admin TO CURRENT_USER",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT drop_chunks('events', now())",
    "CALL refresh_continuous_aggregate('footfall_15m', NULL, NULL)",
    "SELECT remove_retention_policy('events')",
    """CALL refresh_aggregates(0, '{"start_offset": "1 day", "end_offset": "1 hour"}')""",
]
REFUSED = {
    "metrica_ingest": [
        "SELECT email FROM users",
        "SELECT * FROM store_members",
        "SELECT name FROM stores",
        "SELECT ts FROM events",
        "SELECT * FROM footfall_15m",
        "SELECT * FROM occupancy_resets",
        "SELECT * FROM audit_log",
        "SELECT * FROM late_ranges",
        "SELECT user_id FROM superadmins",
        "SELECT opened_by FROM import_windows",
        "UPDATE import_windows SET closed_at = NULL",
        "INSERT INTO superadmins (email) VALUES ('me@example.com')",
        "UPDATE cameras SET name = 'mine'",
        "UPDATE cameras SET store_id = gen_random_uuid()",
        "UPDATE cameras SET line = NULL",
        "UPDATE cameras SET line_version = 9",
        "UPDATE cameras SET is_counting_line = false",
        "UPDATE worker_keys SET revoked_at = NULL",
        "INSERT INTO worker_keys (store_id, name, key_sha256, hint) SELECT id, 'x', '', '' FROM stores",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (gen_random_uuid(), now(), 0)",
    ],
    "metrica_api": [
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " VALUES (now(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'IN')",
        "INSERT INTO camera_minutes (minute, camera_id, store_id, frames)"
        " VALUES (now(), gen_random_uuid(), gen_random_uuid(), 1)",
        "INSERT INTO camera_line_minutes SELECT id, now(), 1, now(), now() FROM cameras",
        "UPDATE camera_lines SET created_by = NULL",
        "SELECT * FROM worker_keys",
        "SELECT key_sha256 FROM worker_keys",
        "SELECT added_by FROM superadmins",
        "INSERT INTO superadmins (email) VALUES ('me@example.com')",
        "UPDATE superadmins SET removed_at = NULL",
        "SELECT * FROM audit_log",
        "SELECT * FROM count_checks",
        "SELECT snapshot_key FROM cameras",
        "UPDATE stores SET name = 'mine'",
        "UPDATE cameras SET name = 'mine'",
        "UPDATE cameras SET store_id = gen_random_uuid()",
        "UPDATE store_members SET user_id = gen_random_uuid()",
        "DELETE FROM store_members",
        "SELECT content FROM notifications",
        "UPDATE notifications SET next_attempt_at = now()",
        "SELECT * FROM notification_incidents",
        "UPDATE report_subscriptions SET user_id = gen_random_uuid()",
        "UPDATE store_invites SET email = 'me@example.com'",
        "INSERT INTO store_invites (store_id, email, expires_at) SELECT id, 'me@example.com', now() FROM stores",
    ],
    "metrica_admin": [
        "SELECT * FROM notification_channels",
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
        " VALUES (now(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'IN')",
        "SELECT key_sha256 FROM worker_keys",
        "UPDATE worker_keys SET key_sha256 = ''",
        "UPDATE worker_keys SET store_id = gen_random_uuid()",
        "UPDATE worker_keys SET created_by = NULL",
        "UPDATE count_checks SET counted_in = manual_in",
        "UPDATE import_windows SET window_start = now()",
        "DELETE FROM import_windows",
        "DELETE FROM store_invites",
        "SELECT * FROM camera_minutes",
    ],
    "metrica_maintenance": [
        "SELECT email FROM store_invites",
        "UPDATE store_invites SET expires_at = now()",
        "SELECT name FROM stores",
        "SELECT * FROM events",
        "SELECT * FROM footfall_15m",
        "SELECT store_id FROM late_ranges",
        "SELECT recheck_from FROM aggregate_refresh",
        "UPDATE aggregate_refresh SET refreshed_at = now()",
        "UPDATE cameras SET snapshot_key = NULL",
        "SELECT key_sha256 FROM worker_keys",
        "SELECT user_id FROM superadmins",
        "INSERT INTO superadmins (email) VALUES ('me@example.com')",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
        "SELECT * FROM incidents",
    ],
    "metrica_notifications": [
        "SELECT role FROM store_members",
        "SELECT unsubscribe_sha256 FROM report_subscriptions",
        "DELETE FROM report_subscriptions",
        "SELECT email FROM store_invites",
        "SELECT email FROM superadmins",
        "SELECT * FROM worker_keys",
        "SELECT * FROM footfall_15m",
        "SELECT line FROM cameras",
        "SELECT opening_hours FROM stores",
        "UPDATE incidents SET closed_at = now()",
        "INSERT INTO notification_channels (user_id, kind, scope, minimum_severity)"
        " SELECT id, 'mail', 'installation', 'warning' FROM users",
        "UPDATE notification_channels SET url = 'https://example.com'",
        "UPDATE notification_channels SET scope = 'installation'",
        "DELETE FROM notification_channels",
        "UPDATE users SET email = 'me@example.com'",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
    ],
    "metrica_incidents": [
        "SELECT * FROM notification_channels",
        "SELECT email FROM users",
        "SELECT * FROM store_members",
        "SELECT email FROM store_invites",
        "SELECT * FROM events",
        "SELECT line FROM cameras",
        "SELECT snapshot_key FROM cameras",
        "UPDATE cameras SET last_seen_at = now()",
        "UPDATE stores SET name = 'mine'",
        "SELECT key_sha256 FROM worker_keys",
        "UPDATE worker_keys SET revoked_at = NULL",
        "SELECT user_id FROM superadmins",
        "UPDATE aggregate_refresh SET refreshed_at = now()",
        "INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')",
    ],
}
HOSTILE = [(group, statement) for group in GROUPS for statement in REFUSED_TO_ALL + REFUSED[group]]


@pytest.fixture(scope="module")
def sessions(logins: dict[str, str]) -> Iterator[dict[str, Connection]]:
    with ExitStack() as stack:
        yield {
            group: stack.enter_context(psycopg.connect(url, autocommit=True, prepare_threshold=None))
            for group, url in logins.items()
        }


@pytest.mark.parametrize(("group", "statement"), HOSTILE)
def test_what_a_lambda_does_not_do_its_login_may_not(
    sessions: dict[str, Connection], group: str, statement: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        sessions[group].execute(statement.encode())


def test_a_login_cannot_become_the_owner_or_another_role(
    sessions: dict[str, Connection], connection: Connection
) -> None:
    owner = connection.execute("SELECT current_user").fetchone()
    assert owner is not None
    for group, session in sessions.items():
        for other in {owner[0], *GROUPS} - {group}:
            for statement in ("SET ROLE {}", "SET SESSION AUTHORIZATION {}"):
                with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
                    session.execute(sql.SQL(statement).format(sql.Identifier(other)))


def test_the_group_roles_cannot_log_in_own_nothing_and_are_nobodys_superuser(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT rolname, rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,"
        " (SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = ANY (%s) ORDER BY 1",
        [list(GROUPS)],
    ).fetchall()
    assert rows == [(group, False, 0) for group in sorted(GROUPS)]
