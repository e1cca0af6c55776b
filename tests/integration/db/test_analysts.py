"""The role of an analyst reads its own stores through the views, and nothing else by any query."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from db.timescale.analysts import CONNECTION_LIMIT, grant, revoke
from db.timescale.embedded.launcher import start
from tests.database import migrated_folder, run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes, make_camera, make_store

HOUR = datetime(2026, 11, 2, 9, tzinfo=UTC)


class TwoStores:
    """Two stores with different numbers of visitors. The first one is granted to the analyst."""

    def __init__(self, connection: psycopg.Connection[Any], url: str) -> None:
        self.granted = make_store(connection, name="Granted", timezone="Asia/Kolkata")
        self.other = make_store(connection, name="Other Confidential")
        for store, visitors in ((self.granted, 3), (self.other, 7)):
            camera = make_camera(connection, store)
            insert_events(connection, store, camera, [Event(HOUR + timedelta(minutes=n)) for n in range(visitors)])
            insert_minutes(connection, store, camera, [Minute(HOUR + timedelta(minutes=n)) for n in range(30)])
        run_refresh_job(connection)
        self.name = f"a{uuid4().hex[:12]}"
        access = grant(connection, self.name, self.granted)
        self.role, self.password = access.role, access.password
        self.owner = connection.info.user
        self.analyst = psycopg.connect(
            url, user=self.role, password=self.password, autocommit=True, prepare_threshold=None
        )


@pytest.fixture(scope="module")
def two_stores(database_url: str) -> Iterator[TwoStores]:
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as connection:
        made = TwoStores(connection, database_url)
        yield made
        made.analyst.close()
        revoke(connection, made.name)


def test_the_granted_store_is_shown_in_its_own_time_zone(two_stores: TwoStores) -> None:
    assert two_stores.analyst.execute("SELECT store_id, name, timezone FROM stores").fetchall() == [
        (two_stores.granted, "Granted", "Asia/Kolkata")
    ]
    rows = two_stores.analyst.execute(
        "SELECT store_id, hour, local_hour, local_date, weekday, hour_of_day, visitors, exits, observed_share"
        " FROM hourly_footfall"
    ).fetchall()
    half_past = HOUR - timedelta(minutes=30)  # 14:00 in Kolkata is 08:30 UTC
    assert rows == [
        (two_stores.granted, half_past, datetime(2026, 11, 2, 14), datetime(2026, 11, 2).date(), 1, 14, 3, 0, 0.5)  # noqa: DTZ001
    ]


def test_the_observed_share_of_an_hour_is_of_the_minutes_in_which_each_camera_counted(
    connection: psycopg.Connection[Any], database_url: str
) -> None:
    store, name = make_store(connection), f"e{uuid4().hex[:12]}"
    half_past = HOUR + timedelta(minutes=30)
    first, second = make_camera(connection, store), make_camera(connection, store, created_at=half_past)
    insert_minutes(connection, store, first, [Minute(HOUR + timedelta(minutes=n)) for n in range(60)])
    insert_minutes(connection, store, second, [Minute(half_past + timedelta(minutes=n)) for n in range(15)])
    run_refresh_job(connection)
    access = grant(connection, name, store)
    with psycopg.connect(database_url, user=access.role, password=access.password) as analyst:
        rows = analyst.execute("SELECT hour, observed_share FROM hourly_footfall").fetchall()
    revoke(connection, name)
    assert rows == [(HOUR, pytest.approx((60 + 15) / (60 + 30)))]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM public.stores",
        "SELECT * FROM public.events",
        "SELECT * FROM public.camera_minutes",
        "SELECT * FROM public.footfall_15m",
        "SELECT * FROM public.footfall_hourly",
        "SELECT * FROM public.coverage_15m",
        "SELECT * FROM public.coverage_hourly",
        "SELECT * FROM public.analyst_grants",
        "SELECT * FROM public.users",
        "SELECT * FROM public.worker_keys",
        "SELECT * FROM public.late_ranges",
        "TABLE public.audit_log",
        "INSERT INTO public.analyst_grants VALUES (current_user, gen_random_uuid())",
        "UPDATE public.analyst_grants SET role_name = current_user",
        "DELETE FROM public.events",
        "SET ROLE {owner}",
        "SET SESSION AUTHORIZATION {owner}",
        "CREATE FUNCTION analytics.peek() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW analytics.all_stores AS SELECT * FROM public.stores",
        "CREATE OR REPLACE VIEW analytics.stores AS SELECT * FROM public.stores",
        "CREATE TABLE public.mine (a int)",
        "CREATE TEMP TABLE stores (a int)",
        "CREATE FUNCTION pg_temp.peek() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER VIEW analytics.stores SET (security_barrier = false)",
        "SELECT pg_read_file('PG_VERSION')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY public.events TO STDOUT",
        "SELECT lo_import('/etc/passwd')",
        "SELECT query_to_xml('SELECT * FROM public.stores', true, true, '')",
        "SELECT table_to_xml('public.stores', true, true, '')",
        "SELECT public.decompress_chunk(public.show_chunks('public.events'))",
        "CALL public.refresh_continuous_aggregate('public.footfall_15m', NULL, NULL)",
        "DO $$ BEGIN EXECUTE 'SELECT * FROM public.' || 'stores'; END $$",
        "DO $$ BEGIN EXECUTE 'SET SESSION AUTHORIZATION ' || '{owner}'; END $$",
        "SELECT set_config('session_authorization', '{owner}', false)",
        "SELECT set_config('role', '{owner}', false)",
        "SELECT rolpassword FROM pg_authid",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "GRANT SELECT ON public.stores TO CURRENT_USER",
        "BEGIN; LOCK TABLE analytics.stores IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_a_query_outside_the_views_is_refused(two_stores: TwoStores, query: str) -> None:
    two_stores.analyst.execute("SET default_transaction_read_only = off")
    with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedTable, errors.InvalidParameterValue)):
        two_stores.analyst.execute(query.replace("{owner}", two_stores.owner).encode()).fetchall()
    two_stores.analyst.execute("ROLLBACK")


def test_the_chunks_of_the_hypertables_cannot_be_read(
    two_stores: TwoStores, connection: psycopg.Connection[Any]
) -> None:
    relations = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
        " WHERE schemaname = '_timescaledb_internal' AND (tablename LIKE '%\\_chunk' OR tablename LIKE '\\_%')"
    ).fetchall()
    assert relations
    for (relation,) in relations:
        # On a compressed chunk the planner fails before it checks the rights.
        with pytest.raises((errors.InsufficientPrivilege, errors.InternalError_)):
            two_stores.analyst.execute(f"SELECT * FROM {relation}".encode())


@pytest.mark.parametrize(
    "leak",
    [
        "SELECT * FROM hourly_footfall WHERE public.{function}(store_name) OR visitors = 7",
        "SELECT * FROM stores WHERE name LIKE 'Other%' OR public.{function}(name)",
        "SELECT 1 FROM stores WHERE 1 / position('Granted' IN name) = 1",
        "SELECT 1 FROM hourly_footfall WHERE 1 / (visitors - 7) = 0",
        "SELECT * FROM hourly_footfall h FULL JOIN stores s USING (store_id) WHERE s.name LIKE 'Other%'",
    ],
)
def test_a_leaky_condition_never_sees_another_tenants_row(
    two_stores: TwoStores, connection: psycopg.Connection[Any], leak: str
) -> None:
    function = f"log_{two_stores.name}"  # the lowest cost: the planner prefers to call it first
    connection.execute(
        f"CREATE OR REPLACE FUNCTION public.{function}(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
        " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$".encode()
    )
    connection.execute(f"GRANT EXECUTE ON FUNCTION public.{function} TO PUBLIC".encode())
    notices: list[str] = []
    two_stores.analyst.add_notice_handler(lambda notice: notices.append(notice.message_primary or ""))
    rows = two_stores.analyst.execute(leak.format(function=function).encode()).fetchall()
    connection.execute(f"DROP FUNCTION public.{function}".encode())
    assert "Other Confidential" not in " ".join(notices) + str(rows)
    assert all(two_stores.other not in row for row in rows)


def test_a_long_statement_is_stopped(two_stores: TwoStores, connection: psycopg.Connection[Any]) -> None:
    assert two_stores.analyst.execute("SHOW statement_timeout").fetchone() == ("30s",)
    two_stores.analyst.execute("SET statement_timeout = '200ms'")
    with pytest.raises(errors.QueryCanceled, match="statement timeout"):
        two_stores.analyst.execute("SELECT count(*) FROM generate_series(1, 10000000000)")
    two_stores.analyst.execute("RESET statement_timeout")


@pytest.mark.slow
def test_the_embedded_server_ends_a_long_statement_whatever_the_analyst_sets(tmp_path: Path) -> None:
    shutil.copytree(migrated_folder(), tmp_path / "data")
    server = start(tmp_path / "data", analyst_statement_s=1, jobs_every_s=0, durable=False)
    try:
        with psycopg.connect(server.url, autocommit=True, prepare_threshold=None) as connection:
            access = grant(connection, "ada", make_store(connection))
        login = {"user": access.role, "password": access.password or "", "autocommit": True}
        with psycopg.connect(server.url, **login) as analyst:  # type: ignore[arg-type]
            analyst.execute("SET default_transaction_read_only = off")
            analyst.execute(f"ALTER ROLE {access.role} SET statement_timeout = 0".encode())
        with psycopg.connect(server.url, **login) as analyst:  # type: ignore[arg-type]
            assert analyst.execute("SHOW statement_timeout").fetchone() == ("0",)
            with pytest.raises(errors.QueryCanceled):
                analyst.execute("SELECT count(*) FROM generate_series(1, 10000000000)")
    finally:
        server.stop()


def test_a_cursor_of_one_role_cannot_be_read_by_another(
    two_stores: TwoStores, connection: psycopg.Connection[Any], database_url: str
) -> None:
    name = f"n{uuid4().hex[:12]}"
    access = grant(connection, name, make_store(connection))
    two_stores.analyst.execute("DECLARE held CURSOR WITH HOLD FOR SELECT name FROM stores")
    with (
        psycopg.connect(database_url, user=access.role, password=access.password, autocommit=True) as other,
        pytest.raises(errors.InvalidCursorName),
    ):
        other.execute("FETCH ALL FROM held")
    revoke(connection, name)


def test_an_analyst_cannot_raise_the_limit_of_temporary_files(two_stores: TwoStores) -> None:
    assert two_stores.analyst.execute("SHOW temp_file_limit").fetchone() == ("1GB",)
    with pytest.raises(errors.InsufficientPrivilege):
        two_stores.analyst.execute("SET temp_file_limit = -1")
    with pytest.raises(errors.InsufficientPrivilege):
        two_stores.analyst.execute("ALTER ROLE CURRENT_USER SET temp_file_limit = -1")


def test_a_wrong_password_is_refused(two_stores: TwoStores, database_url: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(database_url, user=two_stores.role, password="guess")


def test_an_archived_store_is_not_shown(connection: psycopg.Connection[Any], database_url: str) -> None:
    store, other = make_store(connection), make_store(connection)
    name = f"b{uuid4().hex[:12]}"
    access = grant(connection, name, store)
    assert grant(connection, name, other).password is None
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [other])
    with psycopg.connect(database_url, user=access.role, password=access.password) as analyst:
        assert analyst.execute("SELECT store_id FROM stores").fetchall() == [(store,)]
    revoke(connection, name)


def test_the_role_does_not_tell_whose_it_is(connection: psycopg.Connection[Any], two_stores: TwoStores) -> None:
    name = f"f{uuid4().hex[:12]}"
    role = grant(connection, name, make_store(connection)).role
    # Names of roles cannot be hidden from other logins.
    numbers = connection.execute("SELECT oid FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    assert numbers is not None
    shown = two_stores.analyst.execute("SELECT %s::oid::regrole::text", numbers).fetchone()
    assert shown == (role,)
    assert name not in role
    revoke(connection, name)


def test_no_more_connections_than_the_limit(connection: psycopg.Connection[Any], database_url: str) -> None:
    name = f"i{uuid4().hex[:12]}"
    access = grant(connection, name, make_store(connection))
    with ExitStack() as stack:
        for _ in range(CONNECTION_LIMIT):
            stack.enter_context(psycopg.connect(database_url, user=access.role, password=access.password))
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            psycopg.connect(database_url, user=access.role, password=access.password)
    revoke(connection, name)


def test_the_end_of_a_connection_makes_room_for_another(two_stores: TwoStores, database_url: str) -> None:
    for _ in range(2 * CONNECTION_LIMIT):
        psycopg.connect(database_url, user=two_stores.role, password=two_stores.password).close()
