"""What is wrong with the jobs of the database, and what to do. Pure: no clock, no database.

The maintenance Lambda fails for it, which raises an alarm; the incidents Lambda opens an incident.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .limits import JOB_OVERDUE_AFTER, REFRESH_LAG_ALARM, REFRESH_OVERDUE_AFTER, WORK_OVERDUE_AFTER

READ_JOB_ERRORS = (
    "Read timescaledb_information.job_errors, and check that the server has free background workers"
    " (timescaledb.max_background_workers, max_worker_processes)."
)


@dataclass(frozen=True, slots=True)
class JobStatus:
    """The status of a job of the database, and what it has left undone.

    Attributes:
        job_id: id of the job in TimescaleDB.
        job_name: name of its procedure.
        table_name: hypertable of a policy.
        scheduled: whether the database runs the job.
        last_run_status: Success or Failed; None before the first run.
        last_successful_finish: end of the last run that succeeded.
        next_start: when the job is due; None while it runs and where the database does not run it itself.
        overdue_since: when the oldest work that is still undone became due; None when all is done.
    """

    job_id: int
    job_name: str
    table_name: str | None
    scheduled: bool
    last_run_status: str | None
    last_successful_finish: datetime | None
    next_start: datetime | None
    overdue_since: datetime | None


@dataclass(frozen=True, slots=True)
class JobProblem:
    """A problem of a job.

    Attributes:
        detail: what is wrong.
        remedy: what to do.
    """

    detail: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.detail} {self.remedy}"


def find_job_problem(job: JobStatus, now: datetime) -> JobProblem | None:
    """Return what is wrong with a job, or None.

    A failed run alone is no problem: the refresh job can be reported as failed although its work is committed, and a
    columnstore policy that met a concurrent write runs again after five minutes. The undone work counts.
    """
    subject = f"The job {job.job_id} ({job.job_name}{f' of {job.table_name}' if job.table_name else ''})"
    if not job.scheduled:
        return JobProblem(f"{subject} is not scheduled.", f"Run SELECT alter_job({job.job_id}, scheduled => true).")
    if job.next_start is not None and now - job.next_start > JOB_OVERDUE_AFTER:
        return JobProblem(f"{subject} was due at {job.next_start} and has not started.", READ_JOB_ERRORS)
    limit = WORK_OVERDUE_AFTER[job.job_name]
    if job.overdue_since is not None and now - job.overdue_since > limit:
        return JobProblem(f"{subject} has not done work that is due since {job.overdue_since}.", READ_JOB_ERRORS)
    if (
        job.last_run_status == "Failed"
        and job.job_name != "refresh_aggregates"
        and (job.last_successful_finish is None or now - job.last_successful_finish > limit)
    ):
        return JobProblem(
            f"{subject} failed; its last successful run ended at {job.last_successful_finish}.", READ_JOB_ERRORS
        )
    return None


def find_refresh_problem(finished: timedelta, refreshed_until: timedelta | None) -> JobProblem | None:
    """Return what is wrong with the refresh of the aggregates, or None.

    Args:
        finished: how long ago the refresh job last finished.
        refreshed_until: how long ago what it has refreshed ends; None before its first run.
    """
    if finished > REFRESH_OVERDUE_AFTER:
        return JobProblem(f"The aggregates were last refreshed {finished} ago.", READ_JOB_ERRORS)
    if refreshed_until is not None and refreshed_until > REFRESH_LAG_ALARM:
        return JobProblem(f"The aggregates are refreshed until {refreshed_until} ago only.", READ_JOB_ERRORS)
    return None
