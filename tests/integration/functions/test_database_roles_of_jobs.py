"""The jobs on logins of their own: each group role may do what its job needs."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from functions.admin.maintenance import maintain
from functions.api.reports_job import ReportsError, write_reports
from functions.api.store_days_job import compute_days_of_stores
from functions.common.database import Database
from functions.common.settings import (
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
from tests.factories import Event, insert_events, make_camera, make_member, make_store
from tests.integration.functions.every_route.tenant import (
    make_busy_tenant,
    make_channel,
    make_incident,
    make_subscription,
)

Connection = psycopg.Connection[Any]


@pytest.mark.clock
def test_maintenance_works(logins: dict[str, str], connection: Connection, storage: str) -> None:
    tenant = make_busy_tenant(connection)
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
