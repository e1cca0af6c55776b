"""The maintenance Lambda: each job does its part, again changes nothing, and none stops the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import boto3
import psycopg
import pytest

from functions.admin import maintenance_jobs
from functions.admin.maintenance import MaintenanceError, maintain
from functions.common.settings import MAINTENANCE_SETTINGS, Settings, load_settings
from tests.database import run_refresh_job
from tests.factories import make_camera, make_store

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


@pytest.fixture
def settings(connection: Connection, database_url: str, storage: str) -> Settings:
    run_refresh_job(connection)  # the test database may be old, and its jobs run only when a test runs them
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SNAPSHOT_BUCKET": storage}
    return load_settings(MAINTENANCE_SETTINGS, environ)


def test_a_refresh_that_does_not_happen_rings_the_alarm(
    settings: Settings, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    connection.execute("UPDATE aggregate_refresh SET refreshed_at = now() - interval '29 minutes'")
    assert maintain(settings)["minutes_since_refresh"] == 29
    connection.execute("UPDATE aggregate_refresh SET refreshed_at = now() - interval '31 minutes'")
    with pytest.raises(MaintenanceError, match="'minutes_since_refresh': 'failed'"):
        maintain(settings)
    assert "timescaledb_information.job_errors" in caplog.text
    run_refresh_job(connection)
    assert maintain(settings)["minutes_since_refresh"] == 0


def test_invitations_that_ran_out_long_ago_are_deleted_and_no_others(
    settings: Settings, connection: Connection
) -> None:
    store_id = make_store(connection)
    kinds = {
        "old": ("now() - interval '91 days'", "NULL"),
        "recent": ("now() - interval '89 days'", "NULL"),
        "waiting": ("now() + interval '1 day'", "NULL"),
        "accepted": ("now() - interval '91 days'", "now()"),
    }
    for name, (expires, accepted) in kinds.items():
        connection.execute(
            "INSERT INTO store_invites (store_id, email, expires_at, accepted_at)"
            f" VALUES (%s, %s, {expires}, {accepted})",
            [store_id, f"{name}@example.com"],
        )
    maintain(settings)
    left = connection.execute("SELECT email FROM store_invites WHERE store_id = %s", [store_id]).fetchall()
    assert {email for (email,) in left} == {"recent@example.com", "waiting@example.com", "accepted@example.com"}


def test_only_snapshots_that_no_camera_points_at_are_removed(
    connection: Connection, storage: str, settings: Settings
) -> None:
    store_id = make_store(connection)
    camera_id = make_camera(connection, store_id)
    client = boto3.client("s3")
    current, old, foreign = (f"snapshots/{uuid4()}.jpg", f"snapshots/{uuid4()}.jpg", f"reports/{uuid4()}.pdf")
    for key in (current, old, foreign):
        client.put_object(Bucket=storage, Key=key, Body=b"x")
    connection.execute("UPDATE cameras SET snapshot_key = %s WHERE id = %s", [current, camera_id])
    assert maintenance_jobs.remove_old_snapshots(connection, storage) == 0  # a day has not passed
    tomorrow = datetime.now(UTC) + timedelta(days=1, seconds=1)
    assert maintenance_jobs.remove_old_snapshots(connection, storage, tomorrow) >= 1
    keys = {item["Key"] for item in client.list_objects_v2(Bucket=storage)["Contents"]}
    assert {current, foreign} <= keys
    assert old not in keys


def test_again_changes_nothing(settings: Settings, connection: Connection) -> None:
    run_refresh_job(connection)
    maintain(settings)
    assert maintain(settings) == {"minutes_since_refresh": 0, "old_invites_deleted": 0, "old_snapshots_removed": 0}


def test_a_job_that_fails_does_not_stop_the_others_and_the_invocation_fails(
    connection: Connection, database_url: str, storage: str
) -> None:
    store_id = make_store(connection)
    connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at)"
        " VALUES (%s, 'x@example.com', now() - interval '1 year')",
        [store_id],
    )
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SNAPSHOT_BUCKET": "no-such-bucket"}
    with pytest.raises(MaintenanceError, match="'old_snapshots_removed': 'failed'"):
        maintain(load_settings(MAINTENANCE_SETTINGS, environ))
    assert connection.execute("SELECT 1 FROM store_invites WHERE store_id = %s", [store_id]).fetchall() == []
