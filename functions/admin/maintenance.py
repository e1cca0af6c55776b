"""Entry point of the scheduled maintenance Lambda."""

from __future__ import annotations

import logging
from typing import Any

from functions.admin import maintenance_jobs
from functions.common import logs
from functions.common.database import CONNECT_TIMEOUT_S
from functions.common.database_url import conninfo
from functions.common.metrics import Metric, database_time, measured_job, record
from functions.common.request_id import with_run_id
from functions.common.settings import MAINTENANCE_SETTINGS, Settings, load_settings
from functions.common.timed_connection import TimedConnection

logger = logging.getLogger(__name__)


class MaintenanceError(RuntimeError):
    """A job failed. The invocation fails too, which raises the alarm on its errors."""


def maintain(settings: Settings) -> dict[str, int | str]:
    """Run every job once, and return the result of each.

    Raises:
        MaintenanceError: a job failed; raised after all of them have run.
    """
    address = conninfo(settings.database_url.reveal())
    with database_time():
        opened = TimedConnection.connect(
            address,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=CONNECT_TIMEOUT_S,
            application_name="metrica-maintenance",
        )
    with opened as connection:
        results = maintenance_jobs.run_jobs(
            {
                "minutes_since_refresh": lambda: maintenance_jobs.check_refresh(connection),
                "jobs_checked": lambda: maintenance_jobs.check_database_jobs(connection),
                "time_zones_checked": lambda: maintenance_jobs.check_time_zones(connection),
                "holidays_added": lambda: maintenance_jobs.add_public_holidays(connection),
                "holidays_named": lambda: maintenance_jobs.name_public_holidays(connection),
                "old_invites_deleted": lambda: maintenance_jobs.delete_expired_invites(connection),
                "old_idempotency_keys_deleted": lambda: maintenance_jobs.delete_old_idempotency_keys(connection),
                "old_snapshots_removed": lambda: maintenance_jobs.remove_old_snapshots(
                    connection, settings.snapshot_bucket
                ),
            }
        )
    logger.info("maintenance: %s", results)
    failed = list(results.values()).count("failed")
    record(Metric.JOBS_FAILED, failed)
    record(Metric.JOBS_SUCCEEDED, len(results) - failed)
    if failed:
        raise MaintenanceError(str(results))
    return results


logs.set_up()
_settings = load_settings(MAINTENANCE_SETTINGS)


@with_run_id
@measured_job("maintenance")
def handler(_event: dict[str, Any], _context: object) -> dict[str, int | str]:
    """Handle a scheduled event."""
    return maintain(_settings)
