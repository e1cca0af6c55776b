"""The maintenance Lambda: each job does its part, again changes nothing, and none stops the others."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import boto3
import psycopg
import pytest

from functions.admin import maintenance_jobs
from functions.admin.maintenance import MaintenanceError, maintain
from functions.admin.public_holidays import list_public_holidays
from functions.common.settings import MAINTENANCE_SETTINGS, Settings, load_settings
from tests.database import run_policies, run_refresh_job
from tests.factories import Event, insert_events, insert_late_range, make_camera, make_store

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of this module's own: other tests leave work for the jobs."""
    return own_url


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


def test_a_refresh_that_finishes_and_does_not_reach_the_newest_data_raises_the_alarm(
    settings: Settings, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    connection.execute("UPDATE aggregate_refresh SET refreshed_until = now() - interval '66 minutes'")
    with pytest.raises(MaintenanceError, match="'minutes_since_refresh': 'failed'"):
        maintain(settings)
    assert "refreshed until 1:06:0" in caplog.text
    run_refresh_job(connection)
    assert maintain(settings)["minutes_since_refresh"] == 0


def test_late_hours_that_no_run_refreshes_raise_the_alarm(
    settings: Settings, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    store_id = make_store(connection)
    at = datetime.now(UTC) - timedelta(days=3)
    insert_late_range(connection, store_id, at, at)
    maintain(settings)
    connection.execute("UPDATE late_ranges SET received_at = now() - interval '361 minutes'")
    with pytest.raises(MaintenanceError, match="'jobs_checked': 'failed'"):
        maintain(settings)
    assert "refresh_aggregates) has not done work that is due since" in caplog.text
    run_refresh_job(connection)
    assert maintain(settings)["jobs_checked"] == 6


@pytest.mark.parametrize(
    ("policy", "age_days", "limit"),
    [("policy_compression", 17, timedelta(days=1)), ("policy_retention", 417, timedelta(days=2))],
)
def test_a_policy_that_leaves_its_work_undone_raises_the_alarm(
    settings: Settings, connection: Connection, policy: str, age_days: int, limit: timedelta
) -> None:
    store_id = make_store(connection)
    camera_id = make_camera(connection, store_id)
    before = datetime.now(UTC)
    insert_events(connection, store_id, camera_id, [Event(before - timedelta(days=age_days))])
    run_refresh_job(connection)
    # Data of a box that was offline creates an old chunk. The policy has not had a run since.
    assert maintain(settings)["jobs_checked"] == 6
    chunks = (
        "SELECT chunk_creation_time FROM timescaledb_information.chunks WHERE hypertable_name = 'events'"
        " ORDER BY range_end LIMIT 1"
    )
    (created,) = connection.execute(chunks).fetchall()[0]
    assert created >= before - timedelta(seconds=1)
    alarm = f"({policy} of events) has not done work that is due since {created}"
    assert alarm not in alarms_at(connection, created + limit)
    assert alarm in alarms_at(connection, created + limit + timedelta(seconds=1))
    run_policies(connection)
    assert alarms_at(connection, created + limit + timedelta(seconds=1)) == ""


def alarms_at(connection: Connection, now: datetime) -> str:
    """What is wrong with the jobs of the database at a time."""
    try:
        maintenance_jobs.check_database_jobs(connection, now)
    except maintenance_jobs.DatabaseJobError as error:
        return str(error)
    return ""


def test_a_job_that_somebody_switched_off_raises_the_alarm(
    settings: Settings, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    switch = "SELECT alter_job(job_id, scheduled => %s) FROM timescaledb_information.jobs WHERE proc_name = %s"
    for name in ("refresh_aggregates", "policy_compression", "policy_retention", "end_long_analyst_statements"):
        connection.execute(switch, [False, name])
        with pytest.raises(MaintenanceError, match="'jobs_checked': 'failed'"):
            maintain(settings)
        assert re.search(rf"The job (\d+) \({name}.*\) is not scheduled. Run SELECT alter_job\(\1, ", caplog.text)
        connection.execute(switch, [True, name])
    assert maintain(settings)["jobs_checked"] == 6


def test_a_columnstore_policy_that_failed_is_retried_after_minutes(connection: Connection) -> None:
    retries = connection.execute(
        "SELECT DISTINCT retry_period, max_retries FROM timescaledb_information.jobs"
        " WHERE proc_name = 'policy_compression'"
    ).fetchall()
    assert retries == [(timedelta(minutes=5), -1)]


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
    make_store(connection, timezone="UTC")
    run_refresh_job(connection)
    maintain(settings)
    assert maintain(settings) == {
        "minutes_since_refresh": 0,
        "jobs_checked": 6,
        "time_zones_checked": 1,
        "holidays_added": 0,
        "holidays_named": 0,
        "old_invites_deleted": 0,
        "old_idempotency_keys_deleted": 0,
        "old_snapshots_removed": 0,
    }


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


def test_the_holidays_of_later_years_are_added_and_those_of_before_stay(
    settings: Settings, connection: Connection
) -> None:
    store, archived = (make_store(connection, opening_hours={}) for _ in range(2))
    connection.execute(
        "UPDATE stores SET country = 'IT', closed_on_holidays = true WHERE id = ANY(%s)", [[store, archived]]
    )
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [archived])
    this_year = datetime.now(UTC).year
    connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Santo patrono', false)",
        [store, date(this_year, 11, 30)],
    )
    assert maintain(settings)["holidays_added"] == 1
    assert maintain(settings)["holidays_added"] == 0
    rows = connection.execute(
        "SELECT store_id, extract(year FROM day)::integer, count(*), bool_and(is_closed) FROM public_holidays"
        " WHERE store_id = ANY(%s) GROUP BY 1, 2 ORDER BY 2",
        [[store, archived]],
    ).fetchall()
    names = dict(connection.execute("SELECT day, names FROM public_holidays WHERE store_id = %s", [store]).fetchall())
    assert names[date(this_year + 1, 12, 25)] == {"en": "Christmas Day", "it": "Natale"}
    added = {year: len(list_public_holidays("IT", None, [year])) for year in (this_year + 1, this_year + 2)}
    assert rows == [(store, this_year, 1, False), *((store, year, count, True) for year, count in added.items())]


def test_holidays_that_were_stored_without_names_get_them_once_and_no_store_day_is_computed_again(
    settings: Settings, connection: Connection
) -> None:
    store = make_store(connection, opening_hours={})
    connection.execute("UPDATE stores SET country = 'IT' WHERE id = %s", [store])
    year = datetime.now(UTC).year
    stored = [(date(year, 12, 25), "Natale"), (date(year, 11, 30), "Santo patrono"), (date(year + 2, 12, 26), "X")]
    for day, name in stored:
        connection.execute(
            "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, %s, false)",
            [store, day, name],
        )
    changes = "SELECT sum(version) FROM store_data_versions WHERE store_id = %s"
    before = connection.execute(changes, [store]).fetchone()
    assert maintain(settings)["holidays_named"] == 1
    assert maintain(settings)["holidays_named"] == 0
    rows = connection.execute(
        "SELECT name, names FROM public_holidays WHERE store_id = %s AND name = ANY(%s)",
        [store, [name for _, name in stored]],
    ).fetchall()
    assert dict(rows) == {"Natale": {"en": "Christmas Day", "it": "Natale"}, "Santo patrono": {}, "X": {}}
    assert connection.execute(changes, [store]).fetchone() == before
