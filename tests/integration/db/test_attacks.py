"""What a login can execute neither changes nor reveals what others have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql

from db.timescale.analysts import grant, revoke
from db.timescale.privileges import GROUP_ROLES
from tests.database import run_refresh_job
from tests.factories import Event, insert_events, make_camera, make_store

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
def victim(owner: Connection) -> Iterator[Victim]:
    made = Victim(owner)
    yield made
    revoke(owner, made.analyst_name)


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
