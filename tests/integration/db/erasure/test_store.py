"""After the erasure of a store, a dump of the whole database has its id in the audit log alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from db.timescale.aggregate_refresh import refresh_range
from db.timescale.erasure.store import erase_store
from db.timescale.erasure.transaction import ErasureError
from tests.database import run_policies, run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_member, make_store
from tests.integration.db.erasure.rows import dump, write_note

Connection = psycopg.Connection[Any]


def make_history(connection: Connection, name: str) -> UUID:
    """A store with crossings of 60 days, two cameras, and a row in most tables."""
    store_id = make_store(connection, name=name)
    now = datetime.now(UTC)
    for _ in range(2):
        camera_id = make_camera(connection, store_id)
        crossings = [Event(now - timedelta(hours=hour)) for hour in range(1, 24 * 60, 5)]
        insert_events(connection, store_id, camera_id, crossings)
        connection.execute(
            "INSERT INTO camera_minutes (minute, camera_id, store_id, frames)"
            " SELECT date_trunc('minute', at), %s, %s, 9"
            " FROM generate_series(now() - interval '3 days', now(), interval '1 hour') at",
            [camera_id, store_id],
        )
        [(incident,)] = connection.execute(
            "INSERT INTO incidents (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at)"
            " VALUES ('camera_silent', %s, %s, %s, %s, 'x', now(), now()) RETURNING id",
            [store_id, camera_id, str(camera_id), f"The camera of {name} is silent."],
        ).fetchall()
        [(channel,)] = connection.execute(
            "INSERT INTO notification_channels (user_id, kind, scope, minimum_severity)"
            " VALUES (%s, 'mail', 'installation', 'warning') RETURNING id",
            [make_member(connection, store_id)],
        ).fetchall()
        [(message,)] = connection.execute(
            "INSERT INTO notifications (channel_id, type, content, created_at, delivered_at)"
            " VALUES (%s, 'incidents', %s, now(), now()) RETURNING id",
            [channel, json.dumps({"store": name})],
        ).fetchall()
        connection.execute(
            "INSERT INTO notification_incidents (channel_id, incident_id, event, found_at, notification_id)"
            " VALUES (%s, %s, 'opened', now(), %s)",
            [channel, incident, message],
        )
    for table in ("special_days", "count_checks", "wall_links", "worker_keys"):
        write_note(connection, table, "nobody@example.org", store_id)
    connection.execute(
        "INSERT INTO audit_log (action, subject_type, subject_id, store_id, before, after)"
        " VALUES ('store.update', 'store', %s, %s, %s, %s)",
        [str(store_id), store_id, json.dumps({"name": "Old"}), json.dumps({"name": name})],
    )
    return store_id


def footfall(connection: Connection, store_id: UUID) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT bucket, camera_id, ins, outs FROM footfall_hourly WHERE store_id = %s ORDER BY 1, 2", [store_id]
    ).fetchall()


def test_after_the_erasure_of_a_store_only_the_audit_log_knows_its_id(connection: Connection, own_url: str) -> None:
    name, neighbours_name = f"Shop {uuid4().hex}", f"Shop {uuid4().hex}"
    store_id, neighbour = make_history(connection, name), make_history(connection, neighbours_name)
    run_refresh_job(connection)
    run_policies(connection)
    [(compressed,)] = connection.execute(
        "SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_name = 'events' AND is_compressed"
    ).fetchall()
    assert compressed > 0, "crossings in the columnstore are erased too"
    history = footfall(connection, neighbour)
    text = dump(own_url)
    assert text.count(name) >= 5
    assert text.count(str(store_id)) > 500

    with pytest.raises(ErasureError, match="not archived"):
        erase_store(connection, store_id, execute=True)
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [store_id])
    with pytest.raises(ErasureError, match="2 minutes"):
        erase_store(connection, store_id, execute=True)
    connection.execute("UPDATE stores SET archived_at = now() - interval '1 hour' WHERE id = %s", [store_id])
    would = erase_store(connection, store_id, execute=False)
    assert footfall(connection, store_id)
    done = erase_store(connection, store_id, execute=True)
    assert done == would
    assert (done.name, done.rows["events"], done.rows["cameras"]) == (name, 576, 3)
    assert {"footfall_15m", "footfall_hourly", "camera_minutes", "notifications", "incidents"} <= set(done.rows)

    text = dump(own_url)
    assert name not in text
    lines = [line for line in text.splitlines() if str(store_id) in line]
    assert lines
    assert all("store.update" in line or "store.erase" in line for line in lines), lines
    run_refresh_job(connection)
    assert footfall(connection, store_id) == []
    assert footfall(connection, neighbour) == history, "the history of others stays"
    entries = connection.execute(
        "SELECT action, before, after FROM audit_log WHERE subject_id = %s ORDER BY id", [str(store_id)]
    ).fetchall()
    assert entries == [("store.update", None, None), ("store.erase", {"rows": done.rows}, None)]
    with pytest.raises(ErasureError, match="There is no store"):
        erase_store(connection, store_id, execute=True)


def test_the_history_that_is_older_than_the_crossings_stays_for_others(connection: Connection) -> None:
    mine, neighbour = (make_history(connection, f"Shop {uuid4().hex}") for _ in range(2))
    run_refresh_job(connection)
    refresh_range(connection, datetime.now(UTC) - timedelta(days=61), datetime.now(UTC))
    history = footfall(connection, neighbour)
    connection.execute("SELECT drop_chunks('events', older_than => interval '40 days')")
    connection.execute("UPDATE stores SET archived_at = now() - interval '1 hour' WHERE id = %s", [mine])
    assert footfall(connection, mine)[0][0] < datetime.now(UTC) - timedelta(days=50)
    erase_store(connection, mine, execute=True)
    run_refresh_job(connection)
    assert footfall(connection, mine) == []
    assert footfall(connection, neighbour) == history
