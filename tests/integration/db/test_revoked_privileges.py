"""Privileges that somebody has granted are reported, and the next migration revokes them."""

from __future__ import annotations

import psycopg
import pytest

from db.timescale import privileges
from db.timescale.analysts import AnalystError, grant
from db.timescale.migrate import main, upgrade
from tests.factories import make_store

REOPENED = {
    "GRANT EXECUTE ON FUNCTION pg_sleep(double precision) TO PUBLIC": "EXECUTE ON pg_sleep(double precision) TO public",
    "GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO metrica_api": (
        "EXECUTE ON pg_advisory_lock(bigint) TO metrica_api"
    ),
    "GRANT SELECT ON pg_roles TO PUBLIC": "SELECT ON pg_catalog.pg_roles TO public",
    "GRANT SELECT ON pg_class TO PUBLIC": "SELECT ON pg_catalog.pg_class TO public",
    "GRANT SELECT ON timescaledb_information.jobs TO metrica_analyst": (
        "SELECT ON timescaledb_information.jobs TO metrica_analyst"
    ),
    "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC": "TEMPORARY ON DATABASE {database} TO public",
    "GRANT CREATE ON SCHEMA public TO PUBLIC": "CREATE ON SCHEMA public TO public",
    "GRANT USAGE ON LANGUAGE sql TO metrica_analyst": "USAGE ON LANGUAGE sql TO metrica_analyst",
    "GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC": "USAGE ON LANGUAGE plpgsql TO public",
    "CREATE FUNCTION public.peek() RETURNS int LANGUAGE sql AS 'SELECT 1';"
    " GRANT EXECUTE ON FUNCTION public.peek() TO PUBLIC": "EXECUTE ON peek() TO public",
}


def test_what_was_granted_is_reported_refused_to_analysts_and_revoked_by_the_next_migration(
    own_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        database = connection.info.dbname
        for statement in REOPENED:
            connection.execute(statement.format(database=database).encode())
        expected = {message.format(database=database) for message in REOPENED.values()}
        assert set(privileges.verify(connection)) == expected
        assert privileges.main(["verify", own_url]) == 1
        assert set(capsys.readouterr().out.splitlines()) == expected
        with pytest.raises(AnalystError, match=r"could harm or reveal other stores.*/footfall"):
            grant(connection, "ada", make_store(connection))
        assert not connection.execute("SELECT FROM analysts").rowcount
        assert main(["upgrade", own_url]) == 0
        assert capsys.readouterr().err == ""
        assert privileges.verify(connection) == []
        assert privileges.main(["verify", own_url]) == 0
        connection.execute("DROP FUNCTION public.peek()")


def test_a_function_that_is_added_later_is_not_open(own_url: str) -> None:
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("CREATE FUNCTION public.added() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        assert privileges.verify(connection) == []
        connection.execute("DROP FUNCTION public.added()")


def test_reset_gives_back_the_first_privileges_and_the_next_migration_revokes_them(own_url: str) -> None:
    changed = (
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " LEFT JOIN pg_init_privs i ON i.objoid = p.oid AND i.classoid = 'pg_proc'::regclass"
        " WHERE n.nspname = 'pg_catalog'"
        " AND ARRAY (SELECT a::text FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a ORDER BY 1)"
        " <> ARRAY (SELECT a::text FROM aclexplode(coalesce(i.initprivs, acldefault('f', p.proowner))) a ORDER BY 1)"
    )
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        assert connection.execute(changed).rowcount > 100
        privileges.reset(connection)
        assert connection.execute(changed).fetchall() == []
        assert len(privileges.verify(connection)) > 100
        upgrade(own_url)
        assert privileges.verify(connection) == []
