"""Rows that were written before a migration: what an upgrade and a downgrade make of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from struct import unpack_from
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from db.timescale.analysts import grant, list_analysts, revoke
from db.timescale.migrate import current, downgrade, head, upgrade
from tests.database import run_bounded_refresh_job
from tests.factories import Event, insert_events, make_camera, make_member, make_store
from tests.integration.functions.ingest.box import handler_for, make_box


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
