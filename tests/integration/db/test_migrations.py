"""The migrations: up, down, twice, and what a wrong server is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select

from db.timescale import tables
from db.timescale.limits import REFRESH_END_OFFSET
from db.timescale.migrate import MigrationError, current, downgrade, head, main, upgrade
from tests.database import own_database


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of this module's own: its tests take the schema away."""
    with own_database(tmp_path_factory.mktemp("migrations")) as url:
        yield url


def _relations(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('public', 'analytics') AND c.relkind IN ('r', 'v', 'm', 'S')"
        )
        return {row[0] for row in rows}


def test_going_down_leaves_nothing_and_up_again_makes_the_same(own_url: str) -> None:
    before = _relations(own_url)
    downgrade(own_url)
    assert _relations(own_url) == {"public.alembic_version"}
    assert current(own_url) is None
    upgrade(own_url)
    assert _relations(own_url) == before
    assert current(own_url) == head()


def test_going_down_takes_the_lambdas_rights_away_and_up_again_gives_them_back(own_url: str) -> None:
    upgrade(own_url)
    before = _rights(own_url)
    assert {role for role, *_ in before} == {"metrica_admin", "metrica_api", "metrica_ingest", "metrica_maintenance"}
    downgrade(own_url, "0006")
    assert _rights(own_url) == set()
    upgrade(own_url)
    assert _rights(own_url) == before


def _rights(url: str) -> set[tuple[str, ...]]:
    """Who of the Lambdas may do what with which column."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT grantee, table_schema, table_name, column_name, privilege_type"
            " FROM information_schema.column_privileges"
            " WHERE grantee IN ('metrica_ingest', 'metrica_api', 'metrica_admin', 'metrica_maintenance')"
        )
        return set(rows.fetchall())


def test_going_down_works_with_compressed_chunks(own_url: str) -> None:
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


def test_upgrading_twice_changes_nothing(own_url: str) -> None:
    upgrade(own_url)
    before = _relations(own_url)
    upgrade(own_url)
    assert _relations(own_url) == before


def test_several_upgrades_at_once_wait_for_each_other(own_url: str) -> None:
    downgrade(own_url)
    words = [sys.executable, "-m", "db.timescale.migrate", "upgrade", own_url]
    running_at_once = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate(timeout=100)[0] for process in running_at_once]
    assert told == [f"schema: {head()} (newest: {head()})\n"] * 3


def test_the_tables_of_sqlalchemy_are_those_of_the_migrations(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    ours = {table.name for table in tables.metadata.tables.values()}
    with engine.connect() as connection:

        def concerns_us(obj: Any, name: str | None, kind: str, *_: Any) -> bool:
            return name in ours if kind == "table" else True

        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_object": concerns_us}
        )
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_aggregates_and_views_have_the_columns_that_are_told(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        for table in tables.views.tables.values():
            found = {
                column["name"]: column["type"] for column in inspect(connection).get_columns(table.name, table.schema)
            }
            assert list(found) == [column.name for column in table.columns], table.name
            told = {column.name: column.type.compile(connection.dialect) for column in table.columns}
            assert {name: kind.compile(connection.dialect) for name, kind in found.items()} == told
            connection.execute(select(table).limit(1)).all()
    engine.dispose()


def test_the_refresh_reaches_back_as_far_as_events_are_accepted_and_ends_before_retention(
    connection: psycopg.Connection[Any],
) -> None:
    rows = connection.execute(
        "SELECT hypertable_name, proc_name, config FROM timescaledb_information.jobs WHERE job_id >= 1000"
    ).fetchall()
    refreshes = [config for _, name, config in rows if "refresh" in name]  # one: two at once would spoil an aggregate
    retentions = {table: config["drop_after"] for table, name, config in rows if name == "policy_retention"}
    assert refreshes == [{"reach": "31 days", "settled": f"{REFRESH_END_OFFSET // timedelta(minutes=1)} minutes"}]
    noted_as_late = timedelta(minutes=30)  # functions/common/limits.py
    assert noted_as_late < REFRESH_END_OFFSET
    assert retentions == {"events": "400 days", "camera_minutes": "400 days"}


def test_a_store_day_begins_at_a_quarter_hour_whoever_writes_it(connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="stores_day_start_check"):
        connection.execute("INSERT INTO stores (name, timezone, day_start) VALUES ('Bar', 'UTC', '04:10')")


def test_every_aggregate_is_real_time(connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute(
        "SELECT view_name, materialized_only FROM timescaledb_information.continuous_aggregates ORDER BY 1"
    ).fetchall()
    assert rows == [("coverage_15m", False), ("footfall_15m", False), ("footfall_hourly", False)]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", "like postgresql://user:password@host:port/database"),
        ("postgresql://postgres@127.0.0.1:1/postgres", "refused"),
    ],
)
def test_a_database_that_cannot_be_had_is_one_sentence(url: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upgrade", url]) == 1
    assert told in capsys.readouterr().err


def test_a_database_of_another_revision_is_not_touched(own_url: str) -> None:
    upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00'")
    with pytest.raises(MigrationError, match="f00"):
        upgrade(own_url)
    with psycopg.connect(own_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [head()])


def test_the_command_says_where_the_schema_is(own_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(own_url)
    assert main(["current", own_url]) == 0
    assert capsys.readouterr().out == f"schema: {head()} (newest: {head()})\n"


def test_a_missing_url_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["upgrade"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err


def test_sources_are_in_place() -> None:
    folder = Path(tables.__file__).with_name("migrations")
    sql = {path.stem for path in (folder / "sql").glob("*.sql")}
    assert sql == {path.stem for path in (folder / "versions").glob("0*.py")}
