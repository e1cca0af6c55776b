"""What a login can execute and read is what `privileges.toml` and `table_privileges.txt` list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

import psycopg
import pytest

from db.timescale import privileges
from db.timescale.privileges import GROUP_ROLES
from tests.factories import Event, insert_events, make_camera, make_store
from tests.integration.db.table_privileges import FILE, read_table_privileges

Connection = psycopg.Connection[Any]
NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=20)


EXECUTABLE = """
SELECT n.nspname || '.' || p.proname, n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE has_function_privilege(p.oid, 'EXECUTE')
  AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
  AND format_type(p.prorettype, NULL) NOT IN ('internal', 'trigger', 'event_trigger')
  AND format_type(p.prorettype, NULL) NOT LIKE '%%\\_handler'
  AND NOT EXISTS (
    SELECT FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout)
  )
  AND NOT (n.nspname IN ('pg_catalog', 'information_schema') AND (
    p.provolatile = 'i' OR p.oid IN (SELECT oprcode FROM pg_operator UNION SELECT castfunc FROM pg_cast)
  ))
"""


def listed(group: str, kind: str) -> set[str]:
    """Return what the file lists for a login of a group role."""
    file = privileges.read_allow_list()
    return {*file["everyone"].get(kind, []), *file.get(group, {}).get(kind, [])}


@pytest.mark.parametrize("group", GROUP_ROLES)
def test_a_login_can_execute_what_the_file_lists(
    sessions: dict[str, Connection], owner: Connection, group: str
) -> None:
    entries = listed(group, "functions")
    executable = sessions[group].execute(EXECUTABLE).fetchall()

    def is_listed(name: str, signature: str) -> bool:
        return signature in entries or any(fnmatchcase(name, entry) for entry in entries)

    assert [signature for name, signature in executable if not is_listed(name, signature)] == []
    reached = {text for row in executable for text in row}
    exists = {
        text
        for row in owner.execute(
            "SELECT n.nspname || '.' || p.proname,"
            " n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.provolatile <> 'i' OR n.nspname <> 'pg_catalog'"
        ).fetchall()
        for text in row
    }
    assert (entries & exists) - reached - implement_types(owner) == set()


def implement_types(owner: Connection) -> set[str]:
    """Return functions that read or write a type: they need no privilege, and other versions have them elsewhere."""
    rows = owner.execute(
        "SELECT DISTINCT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " JOIN pg_type t ON p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)"
        " UNION SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.oid IN (SELECT oprcode FROM pg_operator UNION SELECT castfunc FROM pg_cast)"
    )
    return {row[0] for row in rows.fetchall()}


READABLE = """
SELECT n.nspname || '.' || c.relname, a.attname FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm', 'S', 'p', 'f')
  AND n.nspname NOT IN ('public', 'analytics', 'information_schema')
  AND has_column_privilege(c.oid, a.attnum, 'SELECT')
"""


@pytest.mark.parametrize("group", GROUP_ROLES)
def test_a_login_can_read_the_catalogues_that_the_file_lists(
    sessions: dict[str, Connection], owner: Connection, group: str
) -> None:
    hidden = {
        (table, column)
        for table, columns in privileges.read_allow_list()["everyone"]["hidden_columns"].items()
        for column in columns
    }
    readable = set(sessions[group].execute(READABLE).fetchall())
    # A chunk has the privileges of its hypertable, which the next test compares.
    chunks = {
        str(row[0])
        for row in owner.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = '_timescaledb_internal' AND NOT EXISTS"
            " (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')"
        ).fetchall()
    }
    tables = listed(group, "tables") | (chunks if group != "metrica_analyst" else set())
    assert sorted({table for table, _ in readable} - tables) == []
    assert readable & hidden == set()


def test_the_group_roles_have_the_committed_privileges_on_our_tables(owner: Connection) -> None:
    committed = FILE.read_text().splitlines()
    found = read_table_privileges(owner)
    assert found == committed, "Review the difference. If it is meant, write the file again (table_privileges.py)."


def test_the_owner_api_reads_single_crossings_of_the_columnstore(
    sessions: dict[str, Connection], owner: Connection
) -> None:
    store = make_store(owner)
    camera = make_camera(owner, store, created_at=OLD)
    insert_events(owner, store, camera, [Event(OLD + timedelta(seconds=n)) for n in range(50)])
    owner.execute("SELECT compress_chunk(c, true) FROM show_chunks('events', older_than => interval '15 days') c")
    query = "SELECT count(*) FROM events WHERE store_id = %s AND direction = 'IN' AND ts < %s"
    assert sessions["metrica_api"].execute(query, [store, NOW - timedelta(days=10)]).fetchone() == (50,)
