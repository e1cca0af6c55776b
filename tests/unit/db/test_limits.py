"""The numbers of the migrations' SQL are those that `db.timescale.limits` declares."""

from __future__ import annotations

import re
from datetime import timedelta

from db.timescale import limits
from db.timescale.migrations.sql import FOLDER

JOBS = (FOLDER / "0003_jobs.sql").read_text()
HYPERTABLES = (FOLDER / "0002_hypertables_and_aggregates.sql").read_text()
UNITS = {"minutes": timedelta(minutes=1), "days": timedelta(days=1)}


def intervals(pattern: str, text: str) -> set[timedelta]:
    """Return the intervals that follow a pattern in an SQL text."""
    found = re.findall(rf"{pattern}'?(\d+) (minutes|days)", text)
    return {int(number) * UNITS[unit] for number, unit in found}


def test_the_refresh_job_has_the_declared_window_and_interval() -> None:
    assert intervals('"start_offset": "', JOBS) == {limits.REFRESH_START_OFFSET}
    assert intervals('"end_offset": "', JOBS) == {limits.REFRESH_END_OFFSET}
    assert intervals("'refresh_aggregates', interval ", JOBS) == {limits.REFRESH_INTERVAL}


def test_the_refresh_job_holds_the_declared_lock() -> None:
    keys = {int(key) for key in re.findall(r"pg_advisory_(?:un)?lock\((\d+)\)", JOBS)}
    assert keys == {limits.REFRESH_LOCK_KEY}
    assert limits.REFRESH_LOCK_KEY != limits.MIGRATION_LOCK_KEY


def test_the_policies_have_the_declared_ages() -> None:
    assert intervals("drop_after => interval ", JOBS) == {limits.RETENTION}
    assert intervals(r"policy\('\w+', after => interval ", JOBS) == {limits.COLUMNSTORE_AFTER}


def test_the_hypertables_have_the_declared_chunk_interval() -> None:
    assert intervals(r"by_range\('\w+', interval ", HYPERTABLES) == {limits.CHUNK_INTERVAL}


def test_a_refresh_ends_long_before_retention() -> None:
    assert 10 * limits.REFRESH_START_OFFSET < limits.RETENTION
