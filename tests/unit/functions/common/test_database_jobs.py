"""What is a problem of a job of the database, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.common.database_jobs import JobStatus, find_job_problem, find_refresh_problem

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def status(name: str, **changes: Any) -> JobStatus:
    """The status of a job that runs well."""
    return replace(JobStatus(1007, name, "events", True, "Success", NOW - timedelta(hours=1), NOW, None), **changes)


@pytest.mark.parametrize(
    "name", ["refresh_aggregates", "policy_compression", "policy_retention", "end_long_analyst_statements"]
)
def test_a_job_that_runs_well_is_no_problem(name: str) -> None:
    assert find_job_problem(status(name), NOW) is None
    never_run = status(name, last_run_status=None, last_successful_finish=None, next_start=None)
    assert find_job_problem(never_run, NOW) is None


def test_a_refresh_reported_as_failed_whose_work_is_done_is_no_problem() -> None:
    failed = status("refresh_aggregates", last_run_status="Failed", last_successful_finish=NOW - timedelta(days=9))
    assert find_job_problem(failed, NOW) is None


def test_a_policy_that_failed_once_is_no_problem_and_one_that_fails_for_days_is() -> None:
    failed = status("policy_compression", last_run_status="Failed", last_successful_finish=NOW - timedelta(hours=13))
    assert find_job_problem(failed, NOW) is None
    message = find_job_problem(replace(failed, last_successful_finish=NOW - timedelta(hours=25)), NOW)
    assert message is not None
    assert str(message).startswith(
        "The job 1007 (policy_compression of events) failed; its last successful run ended at 2026"
    )
    assert find_job_problem(replace(failed, last_successful_finish=None), NOW) is not None


def test_a_job_that_the_server_does_not_start_is_a_problem() -> None:
    due = status("policy_retention", next_start=NOW - timedelta(minutes=29))
    assert find_job_problem(due, NOW) is None
    message = find_job_problem(replace(due, next_start=NOW - timedelta(minutes=31)), NOW)
    assert message is not None
    assert "was due at 2026-11-25 11:29:00+00:00 and has not started. Read timescaledb_information" in str(message)
    assert "max_worker_processes" in str(message)


def test_a_refresh_that_stopped_or_does_not_reach_the_newest_data_is_a_problem() -> None:
    minutes = [timedelta(minutes=n) for n in range(70)]
    assert find_refresh_problem(minutes[30], minutes[65]) is None
    assert find_refresh_problem(minutes[30], None) is None
    for finished, refreshed_until in [(minutes[31], None), (minutes[1], minutes[66])]:
        problem = find_refresh_problem(finished, refreshed_until)
        assert problem is not None
        assert "timescaledb_information.job_errors" in problem.remedy
