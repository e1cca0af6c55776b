"""The migrations: upgrade, downgrade, repetition, and the messages for unsuitable databases."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from struct import unpack_from
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select

from db.timescale import migrate, tables
from db.timescale.analysts import grant, list_analysts, revoke
from db.timescale.limits import (
    CHUNK_INTERVAL,
    COLUMNSTORE_AFTER,
    REFRESH_END_OFFSET,
    REFRESH_HOURS_PER_RUN,
    REFRESH_HOURS_PER_STORE,
    REFRESH_INTERVAL,
    REFRESH_MAX_AGE,
    REFRESH_RECHECK,
    REFRESH_START_OFFSET,
    RETENTION,
)
from db.timescale.migrate import UnknownRevisionError, current, downgrade, head, main, upgrade
from db.timescale.privileges import GROUP_ROLES
from tests.database import at_revision, run_bounded_refresh_job
from tests.factories import Event, insert_events, make_camera, make_member, make_store
from tests.integration.functions.ingest.box import handler_for, make_box


def _relations(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('public', 'analytics') AND c.relkind IN ('r', 'v', 'm', 'S')"
        )
        return {row[0] for row in rows}


def test_a_downgrade_leaves_nothing_and_an_upgrade_creates_the_same_again(own_url: str) -> None:
    before = _relations(own_url)
    downgrade(own_url)
    assert _relations(own_url) == {"public.alembic_version"}
    assert current(own_url) is None
    upgrade(own_url)
    assert _relations(own_url) == before
    assert current(own_url) == head()


def test_a_downgrade_revokes_the_rights_of_the_lambdas_and_an_upgrade_grants_them_again(own_url: str) -> None:
    upgrade(own_url)
    before = _rights(own_url)
    assert {role for role, *_ in before} == {*GROUP_ROLES} - {"metrica_analyst"}
    downgrade(own_url, "0004_analytics")
    assert _rights(own_url) == set()
    upgrade(own_url)
    assert _rights(own_url) == before


def _rights(url: str) -> set[tuple[str, ...]]:
    """Return the rights of the Lambdas' roles on the columns of our tables."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT grantee, table_schema, table_name, column_name, privilege_type"
            " FROM information_schema.column_privileges"
            " WHERE grantee = ANY (%s) AND grantee <> 'metrica_analyst' AND table_schema IN ('public', 'analytics')",
            [list(GROUP_ROLES)],
        )
        return set(rows.fetchall())


def test_a_downgrade_works_with_compressed_chunks(own_url: str) -> None:
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
            " SELECT now() - interval '20 days', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'IN'"
        )
        connection.execute("SELECT compress_chunk(chunk) FROM show_chunks('events') chunk")
    downgrade(own_url)
    upgrade(own_url)
    assert current(own_url) == head()


@pytest.mark.slow  # old migrations do not change
def test_late_ranges_of_before_are_kept_by_the_hour(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0008_camera_lines")
    first = datetime(2026, 11, 2, 10, 50, tzinfo=UTC)
    with psycopg.connect(own_url, autocommit=True) as connection:
        store = make_store(connection)
        camera = make_camera(connection, store)
        connection.execute(
            "INSERT INTO events (ts, camera_id, store_id, event_id, direction)"
            " VALUES (%s, %s, %s, gen_random_uuid(), 'IN')",
            [first, camera, store],
        )
        for start, end in ((first, first + timedelta(hours=2)), (first + timedelta(minutes=1), first)):
            connection.execute(
                "INSERT INTO late_ranges (store_id, first_ts, last_ts) VALUES (%s, %s, %s)",
                [store, min(start, end), max(start, end)],
            )
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        rows = connection.execute("SELECT hour, first_ts, last_ts FROM late_ranges ORDER BY hour").fetchall()
        eleven, twelve, end = (first + timedelta(minutes=minutes) for minutes in (10, 70, 120))
        last = timedelta(microseconds=1)
        assert rows == [
            (eleven - timedelta(hours=1), first, eleven - last),
            (eleven, eleven, twelve - last),
            (twelve, twelve, end),
        ]
        run_bounded_refresh_job(connection)
        assert connection.execute("SELECT count(*) FROM late_ranges").fetchone() == (0,)
        assert connection.execute("SELECT ins FROM footfall_hourly WHERE store_id = %s", [store]).fetchone() == (1,)
        insert_events(connection, store, camera, [Event(first)])
    downgrade(own_url, "0008_camera_lines")
    with psycopg.connect(own_url, autocommit=True) as connection:
        assert connection.execute("SELECT first_ts, last_ts FROM late_ranges").fetchall() == [(first, first)]
        run_bounded_refresh_job(connection)  # the procedure of before
        assert connection.execute("SELECT count(*) FROM late_ranges").fetchone() == (0,)
    upgrade(own_url)


@pytest.mark.slow  # old migrations do not change
def test_the_cameras_of_before_have_no_worker_instance_and_keep_their_last_heartbeat(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0016_store_days")
    with psycopg.connect(own_url, autocommit=True) as connection:
        camera = make_camera(connection, make_store(connection))
        connection.execute("UPDATE cameras SET backlog = 7, total_in = 9 WHERE id = %s", [camera])
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT backlog, total_in, refused, lost, set_aside, instance_id, rejected_instance_id"
            " FROM cameras WHERE id = %s",
            [camera],
        ).fetchone()
    assert row == (7, 9, None, None, None, None, None)
    downgrade(own_url, "0016_store_days")
    upgrade(own_url)
    assert current(own_url) == head()


@pytest.mark.slow  # old migrations do not change
def test_the_stored_days_of_before_are_deleted_because_the_job_computes_them_again(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0022_damaged_pictures")
    with psycopg.connect(own_url, autocommit=True) as connection:
        store = make_store(connection)
        connection.execute(
            "INSERT INTO store_days"
            " (store_id, day, starts_at, ends_at, data_version, formula_version, kpis, hourly_rates)"
            " VALUES (%s, '2026-11-20', '2026-11-20Z', '2026-11-21Z', 0, 2, '{}', '[]')",
            [store],
        )
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM store_days").fetchone() == (0,)
    downgrade(own_url, "0022_damaged_pictures")
    upgrade(own_url)
    assert current(own_url) == head()


@pytest.mark.slow  # old migrations do not change
def test_stored_time_zones_get_their_canonical_names_and_keep_their_history(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0014_watch_analyst_job")
    names = ["Asia/Calcutta", "Europe/Kiev", "Europe/Oslo", "EST5EDT", "localtime"]
    with psycopg.connect(own_url, autocommit=True) as connection:
        stores = [make_store(connection, timezone=name) for name in names]
        make_camera(connection, stores[0])
        connection.execute("UPDATE stores SET timezone = 'US/Pacific' WHERE id = %s", [stores[0]])
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:

        def stored(query: str) -> list[Any]:
            return [value for (value,) in connection.execute(query.encode(), {"id": stores[0], "ids": stores})]

        in_order = "SELECT timezone FROM stores JOIN unnest(%(ids)s::uuid[]) WITH ORDINALITY AS o (id, n) USING (id)"
        assert stored(f"{in_order} ORDER BY n") == [
            "America/Los_Angeles",
            "Europe/Kyiv",
            "Europe/Oslo",
            "EST5EDT",
            "UTC",
        ]
        history = "SELECT timezone FROM store_settings WHERE store_id = %(id)s ORDER BY valid_from"
        assert stored(history) == ["Asia/Kolkata", "America/Los_Angeles"]
        audit = "SELECT after ->> 'timezone' FROM audit_log WHERE store_id = %(id)s AND action = 'store.change'"
        assert stored(audit) == ["America/Los_Angeles"]
        connection.execute("UPDATE stores SET timezone = 'UTC' WHERE id = %s", [stores[1]])
        changed = "SELECT timezone FROM store_settings WHERE store_id = ANY (%(ids)s) AND timezone = 'UTC'"
        assert stored(changed) == ["UTC", "UTC"]  # the trigger is on again
    downgrade(own_url, "0014_watch_analyst_job")
    upgrade(own_url)


def test_upgrading_twice_changes_nothing(own_url: str) -> None:
    upgrade(own_url)
    before = _relations(own_url)
    upgrade(own_url)
    assert _relations(own_url) == before


@pytest.mark.slow
def test_several_upgrades_at_once_wait_for_each_other(own_url: str) -> None:
    downgrade(own_url)
    command = [sys.executable, "-m", "db.timescale.migrate", "upgrade", own_url]
    running_at_once = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = [process.communicate(timeout=100)[0] for process in running_at_once]
    assert outputs == [f"schema: {head()} (newest: {head()})\n"] * 3


def test_the_tables_of_sqlalchemy_are_those_of_the_migrations(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    ours = {table.name for table in tables.metadata.tables.values()}
    with engine.connect() as connection:

        def is_ours(obj: Any, name: str | None, kind: str, *_: Any) -> bool:
            return name in ours if kind == "table" else True

        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_object": is_ours}
        )
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_aggregates_and_views_have_the_columns_that_are_told(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        for table in tables.view_metadata.tables.values():
            found = {
                column["name"]: column["type"] for column in inspect(connection).get_columns(table.name, table.schema)
            }
            assert list(found) == [column.name for column in table.columns], table.name
            declared = {column.name: column.type.compile(connection.dialect) for column in table.columns}
            assert {name: kind.compile(connection.dialect) for name, kind in found.items()} == declared
            connection.execute(select(table).limit(1)).all()
    engine.dispose()


def test_the_jobs_have_the_declared_limits(connection: psycopg.Connection[Any]) -> None:
    jobs = connection.execute(
        "SELECT proc_name, hypertable_name, schedule_interval, config FROM timescaledb_information.jobs"
        " WHERE job_id >= 1000"
    ).fetchall()
    # Exactly one refresh job: two refreshes at the same time would damage an aggregate.
    assert [(interval, config) for name, _, interval, config in jobs if "refresh" in name] == [
        (
            REFRESH_INTERVAL,
            {
                "start_offset": f"{REFRESH_START_OFFSET.days} days",
                "end_offset": f"{REFRESH_END_OFFSET // timedelta(minutes=1)} minutes",
                "max_age": f"{REFRESH_MAX_AGE.days} days",
                "recheck": f"{REFRESH_RECHECK // timedelta(hours=1)} hours",
                "hours_per_run": REFRESH_HOURS_PER_RUN,
                "hours_per_store": REFRESH_HOURS_PER_STORE,
            },
        )
    ]
    hypertables = ("events", "camera_minutes")
    assert {
        table: config["drop_after"] for name, table, _, config in jobs if name == "policy_retention"
    } == dict.fromkeys(hypertables, f"{RETENTION.days} days")
    assert {
        table: config["compress_after"] for name, table, _, config in jobs if name == "policy_compression"
    } == dict.fromkeys(hypertables, f"{COLUMNSTORE_AFTER.days} days")
    chunks = connection.execute(
        "SELECT hypertable_name, time_interval FROM timescaledb_information.dimensions"
        " WHERE hypertable_schema = 'public'"
    ).fetchall()
    assert dict(chunks) == dict.fromkeys(hypertables, CHUNK_INTERVAL)


def test_a_day_start_that_is_not_on_a_quarter_hour_is_rejected(connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="stores_day_start_check"):
        connection.execute("INSERT INTO stores (name, timezone, day_start) VALUES ('Bar', 'UTC', '04:10')")


def test_every_aggregate_is_real_time(connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute(
        "SELECT view_name, materialized_only FROM timescaledb_information.continuous_aggregates ORDER BY 1"
    ).fetchall()
    assert rows == [
        ("coverage_15m", False),
        ("coverage_hourly", False),
        ("footfall_15m", False),
        ("footfall_hourly", False),
    ]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "like postgresql://user:password@host:port/database"),
        ("postgresql://owner@127.0.0.1:1/metrica", "refused"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence(
    url: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["upgrade", url]) == 1
    assert message in capsys.readouterr().err


# 0004 was the number of an aggregates migration once; it is also the beginning of a revision of today.
@pytest.mark.parametrize("revision", ["0004", "0011", "f00"])
def test_a_database_at_an_unknown_revision_is_not_changed(
    own_url: str, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    upgrade(own_url)
    before = _relations(own_url)
    with at_revision(own_url, revision):
        for change in (upgrade, downgrade):
            with pytest.raises(UnknownRevisionError, match=f"at revision {revision}, .* use an empty database"):
                change(own_url)
        assert _relations(own_url) == before
        assert main(["upgrade", own_url]) == 1
        complaint = capsys.readouterr().err
        assert complaint.startswith(f"The database is at revision {revision}, ")
        assert complaint.count("\n") == 1
        assert main(["current", own_url]) == 0
        assert capsys.readouterr().out == f"schema: {revision} (newest: {head()})\n"


def test_the_command_says_where_the_schema_is(own_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(own_url)
    assert main(["current", own_url]) == 0
    assert capsys.readouterr().out == f"schema: {head()} (newest: {head()})\n"


def test_a_missing_url_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["upgrade"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err


def test_each_migration_has_its_sql_file_and_the_name_of_its_revision() -> None:
    folder = Path(migrate.__file__).with_name("migrations")
    revisions = {script.revision for script in ScriptDirectory(str(folder)).walk_revisions()}
    assert revisions == {path.stem for path in (folder / "versions").glob("0*.py")}
    assert {path.stem for path in (folder / "sql").glob("*.sql")} <= revisions
    assert all(len(revision) <= 32 for revision in revisions)  # alembic_version.version_num is varchar(32)


@pytest.mark.slow  # old migrations do not change
def test_the_role_of_an_analyst_of_before_keeps_its_name_password_and_stores(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0012_import_windows")
    name = f"maria_{uuid4().hex[:8]}"
    role = f"analyst_{name}"
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        store, other = make_store(connection), make_store(connection)
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'kept' IN ROLE metrica_analyst".encode())
        connection.execute("INSERT INTO analyst_grants (role_name, store_id) VALUES (%s, %s)", [role, store])
        upgrade(own_url)
        assert [(a.name, a.role) for a in list_analysts(connection)] == [(name, role)]
        with psycopg.connect(own_url, user=role, password="kept", autocommit=True) as analyst:
            assert analyst.execute("SELECT store_id FROM analytics.stores").fetchall() == [(store,)]
            access = grant(connection, name, other)
            assert (access.role, access.password) == (role, None)
            assert len(analyst.execute("SELECT store_id FROM analytics.stores").fetchall()) == 2
        assert revoke(connection, name) is True


def test_a_box_of_the_revision_before_begins_with_totals_that_agree(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0017_worker_instances")
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        handler = handler_for(own_url)
        box = make_box(connection, handler)
        instance = uuid4()
        connection.execute(
            "UPDATE cameras SET instance_id = %s, instance_seen_at = now(), total_in = 1000, refused = 2 WHERE id = %s",
            [instance, box.camera_id],
        )
        upgrade(own_url)
        box.send(box.event(), headers={"X-Instance-Id": str(instance)})
        box.beat(instance_id=str(instance), totals={"in": 1001, "out": 0}, refused=2, picture="ok")
        totals = "SELECT stored, counted_before, totals_difference FROM worker_instances WHERE instance_id = %s"
        assert connection.execute(totals, [instance]).fetchall() == [(1, 998, 0)]
        camera = connection.execute("SELECT picture, refused FROM cameras WHERE id = %s", [box.camera_id]).fetchall()
        assert camera == [("ok", 2)]


def test_incidents_of_before_stay_without_channels_and_a_downgrade_drops_what_was_told(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0023_store_day_columns")
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
        connection.execute(
            "INSERT INTO incidents (type, store_id, object_id, detail, remedy, started_at, found_at, opened_at)"
            " VALUES ('slow', %s, 'x', 'Slow.', 'Wait.', now(), now(), now())",
            [store],
        )
        upgrade(own_url)
        user = make_member(connection, store)
        connection.execute(
            "INSERT INTO notification_channels (user_id, kind, scope, minimum_severity)"
            " VALUES (%s, 'mail', 'own_stores', 'warning')",
            [user],
        )
        connection.execute(
            "INSERT INTO notification_incidents SELECT c.id, i.id, 'opened', now()"
            " FROM notification_channels c, incidents i WHERE i.store_id = %s",
            [store],
        )
        for values in ("'mail', 'store', NULL, NULL", "'mail', 'own_stores', NULL, 'https://x.org'"):
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute(
                    "INSERT INTO notification_channels (user_id, minimum_severity, kind, scope, store_id, url)"
                    f" VALUES (%s, 'warning', {values})".encode(),
                    [user],
                )
        connection.execute("DELETE FROM incidents WHERE store_id = %s", [store])
        assert connection.execute("SELECT count(*) FROM notification_incidents").fetchone() == (0,)
    downgrade(own_url, "0023_store_day_columns")
    upgrade(own_url)
    assert current(own_url) == head()


def test_notifications_of_before_stay_and_a_downgrade_deletes_the_reports(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0025_accepted_views")
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
        user = make_member(connection, store)
        connection.execute(
            "WITH channel AS (INSERT INTO notification_channels (user_id, kind, scope, minimum_severity)"
            " VALUES (%s, 'mail', 'own_stores', 'warning') RETURNING id)"
            " INSERT INTO notifications (channel_id, type, content, created_at, failed_at)"
            " SELECT id, 'notifications.test', '{}', now(), now() FROM channel",
            [user],
        )
        upgrade(own_url)
        connection.execute(
            "WITH subscription AS (INSERT INTO report_subscriptions"
            " (user_id, store_id, period, unsubscribe_sha256, reported_until)"
            " VALUES (%s, %s, 'day', '', '2026-11-17') RETURNING id)"
            " INSERT INTO notifications (subscription_id, type, content, created_at, failed_at)"
            " SELECT id, 'reports.period', '{}', now(), now() FROM subscription",
            [user, store],
        )
        types = "SELECT type FROM notifications ORDER BY 1"
        assert connection.execute(types).fetchall() == [("notifications.test",), ("reports.period",)]
        downgrade(own_url, "0025_accepted_views")
        assert connection.execute(types).fetchall() == [("notifications.test",)]
    upgrade(own_url)
    assert current(own_url) == head()


def test_the_weeks_of_the_stores_of_before_begin_on_monday(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0027_counting_policies")
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        change = "UPDATE stores SET first_weekday = %s WHERE id = %s RETURNING first_weekday"
        assert connection.execute("SELECT first_weekday FROM stores WHERE id = %s", [store]).fetchone() == (1,)
        assert connection.execute(change, [7, store]).fetchone() == (7,)
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute(change, [8, store])


def test_the_stores_of_before_are_empty_an_hour_after_closing_and_keep_their_history(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0030_packed_store_days")
    settings = "SELECT {} FROM store_settings WHERE store_id = %s ORDER BY valid_from"
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
        make_camera(connection, store)
        connection.execute("UPDATE stores SET capacity = 5 WHERE id = %s", [store])  # the trigger of before
        assert connection.execute(settings.format("capacity").encode(), [store]).fetchall() == [(None,), (5,)]
        upgrade(own_url)
        connection.execute("UPDATE stores SET closing_grace_minutes = 30 WHERE id = %s", [store])
        graces = connection.execute(settings.format("closing_grace_minutes").encode(), [store]).fetchall()
        assert graces == [(60,), (30,)]
    assert current(own_url) == head()


def test_the_stored_days_of_before_stay_and_are_packed(own_url: str) -> None:
    upgrade(own_url)
    downgrade(own_url, "0028_first_weekday")
    day = "SELECT visitors, residual FROM store_days"
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
        connection.execute(
            "INSERT INTO store_days (store_id, day, starts_at, ends_at, data_version, formula_version, hourly_rates,"
            " state, is_complete, is_known, visitors, exits, unmatched_exits, person_seconds, open_person_seconds,"
            " open_known_s, occupancy_end, expected_s, observed_s, overdue_s, line_changed, has_two_lines)"
            " VALUES (%s, '2000-01-03', '2000-01-03Z', '2000-01-04Z', 0, 2, '[]',"
            " 'value', true, true, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, false, false)",
            [store],
        )
        upgrade(own_url)
        assert connection.execute(day).fetchone() == (7, None)
        row = connection.execute("SELECT packed FROM store_days").fetchone()
        assert row is not None
        number, *_, state, is_complete, is_known, visitors = unpack_from(">iqqqi??q", row[0])
        assert (number, state, is_complete, is_known, visitors, len(row[0])) == (2, 1, True, True, 7, 140)
        downgrade(own_url, "0028_first_weekday")
        assert connection.execute(day).fetchone() == (7, None)
    upgrade(own_url)
    assert current(own_url) == head()
