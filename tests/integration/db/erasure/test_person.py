"""After the erasure of a person, a dump of the whole database contains nothing of the person."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from db.timescale.erasure.columns import COLUMNS, Content
from db.timescale.erasure.person import REPLACEMENT, address_pattern, erase_person
from db.timescale.erasure.transaction import ErasureError
from functions.common import worker_key
from tests.factories import make_member, make_store
from tests.integration.db.erasure.rows import dump, write_note

Connection = psycopg.Connection[Any]
TEXT_TYPES = ("text", "character varying", "jsonb", "json", "bytea", "ARRAY", "USER-DEFINED", "xml")


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
        write_note(connection, table, email, other_store)
    run("UPDATE stores SET name = %s WHERE id = %s", [f"Shop of {email}", other_store])
    return user_id


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
    write_note(connection, "wall_links", longer, store_id)
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
