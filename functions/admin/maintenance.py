"""The maintenance Lambda's entry, by the clock: old invitations and snapshots away, an eye on the refresh."""

from __future__ import annotations

import logging
from typing import Any

import psycopg

from functions.admin import maintenance_jobs
from functions.common.database import CONNECT_TIMEOUT_S, plain_url
from functions.common.settings import MAINTENANCE_NEEDS, Settings, load_settings

logger = logging.getLogger(__name__)


class MaintenanceError(RuntimeError):
    """Some job failed: the invocation counts as failed too, so that the alarm on its errors rings."""


def maintain(settings: Settings) -> dict[str, int | str]:
    """Run every job once; for each what it did. Raises MaintenanceError after all of them have run."""
    with psycopg.connect(
        plain_url(settings.database_url.reveal()),
        autocommit=True,
        prepare_threshold=None,
        connect_timeout=CONNECT_TIMEOUT_S,
        application_name="metrica-maintenance",
    ) as connection:
        done = maintenance_jobs.run_all(
            {
                "minutes_since_refresh": lambda: maintenance_jobs.watch_refresh(connection),
                "old_invites_deleted": lambda: maintenance_jobs.forget_old_invites(connection),
                "old_snapshots_removed": lambda: maintenance_jobs.remove_old_snapshots(
                    connection, settings.snapshot_bucket
                ),
            }
        )
    logger.info("maintenance: %s", done)
    if "failed" in done.values():
        raise MaintenanceError(str(done))
    return done


_settings = load_settings(MAINTENANCE_NEEDS)


def handler(_event: dict[str, Any], _context: object) -> dict[str, int | str]:
    return maintain(_settings)
