"""The schema of a migrated database is what SQLAlchemy's tables and `limits.py` declare."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select

from db.timescale import tables
from db.timescale.limits import (
    CHUNK_INTERVAL,
    COLUMNSTORE_AFTER,
    REFRESH_END_OFFSET,
    REFRESH_HOURS_PER_RUN,
    REFRESH_HOURS_PER_STORE,
    REFRESH_INTERVAL,
    REFRESH_MAX_AGE,
    REFRESH_RECHECK,
    REFRESH_START_OFFSET,
    RETENTION,
)


def test_the_tables_of_sqlalchemy_are_those_of_the_migrations(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    ours = {table.name for table in tables.metadata.tables.values()}
    with engine.connect() as connection:

        def is_ours(obj: Any, name: str | None, kind: str, *_: Any) -> bool:
            return name in ours if kind == "table" else True

        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_object": is_ours}
        )
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_aggregates_and_views_have_the_columns_that_are_told(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        for table in tables.view_metadata.tables.values():
            found = {
                column["name"]: column["type"] for column in inspect(connection).get_columns(table.name, table.schema)
            }
            assert list(found) == [column.name for column in table.columns], table.name
            declared = {column.name: column.type.compile(connection.dialect) for column in table.columns}
            assert {name: kind.compile(connection.dialect) for name, kind in found.items()} == declared
            connection.execute(select(table).limit(1)).all()
    engine.dispose()


def test_the_jobs_have_the_declared_limits(connection: psycopg.Connection[Any]) -> None:
    jobs = connection.execute(
        "SELECT proc_name, hypertable_name, schedule_interval, config FROM timescaledb_information.jobs"
        " WHERE job_id >= 1000"
    ).fetchall()
    # Exactly one refresh job: two refreshes at the same time would damage an aggregate.
    assert [(interval, config) for name, _, interval, config in jobs if "refresh" in name] == [
        (
            REFRESH_INTERVAL,
            {
                "start_offset": f"{REFRESH_START_OFFSET.days} days",
                "end_offset": f"{REFRESH_END_OFFSET // timedelta(minutes=1)} minutes",
                "max_age": f"{REFRESH_MAX_AGE.days} days",
                "recheck": f"{REFRESH_RECHECK // timedelta(hours=1)} hours",
                "hours_per_run": REFRESH_HOURS_PER_RUN,
                "hours_per_store": REFRESH_HOURS_PER_STORE,
            },
        )
    ]
    hypertables = ("events", "camera_minutes")
    assert {
        table: config["drop_after"] for name, table, _, config in jobs if name == "policy_retention"
    } == dict.fromkeys(hypertables, f"{RETENTION.days} days")
    assert {
        table: config["compress_after"] for name, table, _, config in jobs if name == "policy_compression"
    } == dict.fromkeys(hypertables, f"{COLUMNSTORE_AFTER.days} days")
    chunks = connection.execute(
        "SELECT hypertable_name, time_interval FROM timescaledb_information.dimensions"
        " WHERE hypertable_schema = 'public'"
    ).fetchall()
    assert dict(chunks) == dict.fromkeys(hypertables, CHUNK_INTERVAL)


def test_a_day_start_that_is_not_on_a_quarter_hour_is_rejected(connection: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="stores_day_start_check"):
        connection.execute("INSERT INTO stores (name, timezone, day_start) VALUES ('Bar', 'UTC', '04:10')")


def test_every_aggregate_is_real_time(connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute(
        "SELECT view_name, materialized_only FROM timescaledb_information.continuous_aggregates ORDER BY 1"
    ).fetchall()
    assert rows == [
        ("coverage_15m", False),
        ("coverage_hourly", False),
        ("footfall_15m", False),
        ("footfall_hourly", False),
    ]
