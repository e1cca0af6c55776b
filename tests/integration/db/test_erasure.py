"""After an erasure, a dump of the whole database contains nothing of the person or of the store."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from db.timescale.aggregate_refresh import refresh_range
from db.timescale.erasure.columns import COLUMNS, Content
from db.timescale.erasure.person import REPLACEMENT, address_pattern, erase_person
from db.timescale.erasure.store import erase_store
from db.timescale.erasure.transaction import ErasureError
from functions.common import worker_key
from tests.database import run_policies, run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_member, make_store
from tests.integration.db.test_backup import programs

Connection = psycopg.Connection[Any]
TEXT_TYPES = ("text", "character varying", "jsonb", "json", "bytea", "ARRAY", "USER-DEFINED", "xml")


@pytest.fixture
def connection(own_url: str) -> Iterator[Connection]:
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as opened:
        opened.execute("INSERT INTO superadmins (email) VALUES (%s)", [f"other-{uuid4().hex}@example.org"])
        yield opened


def dump(url: str) -> str:
    """Return the whole database as text: every row of every table, chunk and catalogue of TimescaleDB."""
    command = [str(programs() / "pg_dump"), "--inserts", "--rows-per-insert=100", url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def add_person(connection: Connection, email: str, store_id: UUID, other_store: UUID) -> UUID:
    """Write an address into every column that can have it, as the functions do and as people write."""
    user_id = make_member(connection, store_id)
    run = connection.execute
    run("UPDATE users SET email = %s WHERE id = %s", [email, user_id])
    run("INSERT INTO superadmins (user_id, email) VALUES (%s, %s)", [user_id, email])
    run(
        "INSERT INTO store_invites (store_id, email, invited_by, expires_at) VALUES (%s, %s, %s, now())",
        [other_store, email, uuid4()],
    )
    run(
        "INSERT INTO audit_log (actor_id, actor_email, action, subject_type, subject_id, store_id, before, after)"
        " VALUES (%s, %s, 'owner.remove', 'user', %s, %s, %s, %s)",
        [
            *(user_id, email.upper(), str(user_id), store_id),
            *(json.dumps({"email": email, "at": 1}), json.dumps({"n": [email]})),
        ],
    )
    [(channel,)] = run(
        "INSERT INTO notification_channels (user_id, kind, scope, url, minimum_severity)"
        " VALUES (%s, 'webhook', 'own_stores', %s, 'warning') RETURNING id",
        [user_id, f"https://example.org/hook?to={email}"],
    ).fetchall()
    run(
        "INSERT INTO notifications (channel_id, type, content, created_at, failed_at, outcome)"
        " VALUES (%s, 'incidents', %s, now(), now(), %s)",
        [channel, json.dumps({"to": email}), f"550 <{email}> unknown"],
    )
    run(
        "INSERT INTO report_subscriptions (user_id, store_id, period, unsubscribe_sha256, reported_until)"
        " VALUES (%s, %s, 'week', %s, '2026-01-01')",
        [user_id, store_id, worker_key.digest(uuid4().hex)],
    )
    run(
        "INSERT INTO idempotency_keys (user_id, key_sha256, request_sha256) VALUES (%s, %s, %s)",
        [user_id, b"k" * 32, b"r" * 32],
    )
    for table in ("special_days", "count_checks", "wall_links", "worker_keys"):
        _write_note(connection, table, email, other_store)
    run("UPDATE stores SET name = %s WHERE id = %s", [f"Shop of {email}", other_store])
    return user_id


def _write_note(connection: Connection, table: str, email: str, store_id: UUID) -> None:
    text = f"Ask {email}, or ring."
    run = connection.execute
    if table == "special_days":
        run("INSERT INTO special_days (store_id, day, note) VALUES (%s, '2026-12-24', %s)", [store_id, text])
    elif table == "count_checks":
        camera_id = make_camera(connection, store_id)
        run(
            "INSERT INTO count_checks (store_id, camera_id, window_start, window_end, manual_in, manual_out,"
            " counted_in, counted_out, note) VALUES (%s, %s, now() - interval '1 hour', now(), 0, 0, 0, 0, %s)",
            [store_id, camera_id, text],
        )
    elif table == "wall_links":
        run(
            "INSERT INTO wall_links (store_id, name, token_sha256) VALUES (%s, %s, %s)",
            [store_id, text, worker_key.digest(uuid4().hex)],
        )
    else:
        run(
            "INSERT INTO worker_keys (store_id, name, key_sha256, hint) VALUES (%s, %s, %s, 'abcd')",
            [store_id, text, worker_key.digest(uuid4().hex)],
        )


def test_every_column_with_a_text_is_classified(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = ANY(%s)",
        [list(TEXT_TYPES)],
    ).fetchall()
    assert sorted(rows) == sorted(COLUMNS), "add a new column to db/timescale/erasure/columns.py, and say what it has"
    others = connection.execute(
        "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'public'"
    ).fetchall()
    assert {name for (name,) in others} <= {
        *TEXT_TYPES,
        *("uuid", "integer", "bigint", "smallint", "boolean", "real", "double precision", "numeric"),
        *("date", "timestamp with time zone", "time without time zone"),
    }, "a type that may contain a text"
    named = {column for column in COLUMNS if re.search(r"mail|name|note|address|phone|person", column[1])}
    codes = {column for column in named if COLUMNS[column] is Content.CODE}
    assert codes == {
        ("analyst_grants", "role_name"),
        ("analysts", "role_name"),
        ("public_holidays", "name"),
        ("public_holidays", "names"),
    }


def test_after_the_erasure_of_a_person_no_dump_has_the_address(connection: Connection, own_url: str) -> None:
    email = f"ada.lovelace+{uuid4().hex[:6]}@mail.example.org"
    longer = f"not-{email}"
    store_id, other_store = make_store(connection), make_store(connection)
    user_id = add_person(connection, email, store_id, other_store)
    _write_note(connection, "wall_links", longer, store_id)
    connection.execute("ANALYZE")
    assert dump(own_url).lower().count(email) >= 15

    would = erase_person(connection, email, (), execute=False)
    assert dump(own_url).lower().count(email) >= 15, "without execute nothing is changed"
    assert {"users", "store_invites", "superadmins", "audit_log.actor_email"} <= set(would.rows)
    done = erase_person(connection, email.upper(), (), execute=True)
    assert (done.rows, done.user_ids) == (would.rows, (user_id,))
    assert len(done.stores_without_owner) == 1

    text = dump(own_url).lower()
    assert text.count(longer) == 1, "a longer address is another person's"
    assert email not in text.replace(longer, "")
    statistics = connection.execute("SELECT coalesce(string_agg(s::text, ''), '') FROM pg_stats s").fetchone()
    assert statistics is not None
    assert email not in statistics[0].lower().replace(longer, "")
    [(before,)] = connection.execute("SELECT before FROM audit_log WHERE action = 'owner.remove'").fetchall()
    assert before == {"email": REPLACEMENT, "at": 1}
    entries = connection.execute(
        "SELECT actor_email, subject_id, before FROM audit_log WHERE action = 'person.erase'"
    ).fetchall()
    assert entries == [(None, str(user_id), {"rows": done.rows})]
    assert erase_person(connection, email, (), execute=True).rows == {}, "again: nothing is left"


def test_the_last_superadmin_is_not_erased(connection: Connection) -> None:
    email = f"last-{uuid4().hex[:8]}@example.org"
    connection.execute("UPDATE superadmins SET removed_at = now()")
    connection.execute("INSERT INTO superadmins (email) VALUES (%s)", [email])
    with pytest.raises(ErasureError, match="last superadmin"):
        erase_person(connection, email, (), execute=True)
    connection.execute("INSERT INTO superadmins (email) VALUES (%s)", [f"next-{uuid4().hex[:8]}@example.org"])
    assert erase_person(connection, email, (), execute=True).rows["superadmins"] == 1


def test_the_audit_log_can_still_not_be_changed_otherwise(connection: Connection) -> None:
    connection.execute("INSERT INTO audit_log (action, subject_type) VALUES ('x', 'y')")
    for statement in ("UPDATE audit_log SET action = 'z'", "DELETE FROM audit_log", "TRUNCATE audit_log"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
    with connection.transaction():
        connection.execute("SELECT set_config('metrica.erasing', 'yes', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute("DELETE FROM audit_log")
        connection.execute("GRANT SELECT, UPDATE ON audit_log TO metrica_admin")
        connection.execute("SET LOCAL ROLE metrica_admin")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="cannot be changed"), connection.transaction():
            connection.execute("UPDATE audit_log SET action = 'z'")
        connection.execute("RESET ROLE")
        connection.execute("REVOKE UPDATE ON audit_log FROM metrica_admin")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.org", True),
        ("<A@X.org>, ring", True),
        ("write to a@x.org.", True),
        ("ba@x.org", False),
        ("a.a@x.org", False),
        ("a@x.org.uk", False),
        ("a@x.organic", False),
        ("a@xyorg", False),
    ],
)
def test_only_the_whole_address_is_found(connection: Connection, text: str, *, found: bool) -> None:
    [(matches,)] = connection.execute("SELECT %s ~* %s", [text, address_pattern("a@x.org")]).fetchall()
    assert matches is found


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
        _write_note(connection, table, "nobody@example.org", store_id)
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
