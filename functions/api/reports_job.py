"""Entry point of the scheduled Lambda that writes the reports that are due into the outbox."""

import logging
from datetime import UTC, datetime
from typing import Any

from functions.api.kpi.periods import StoreDays
from functions.api.services.reports import build_report, due_reports, report_content, store_reports
from functions.api.services.store_settings import StoreSettingsInvalid
from functions.common import logs
from functions.common.database import Database, begin_snapshot
from functions.common.metrics import measured_job
from functions.common.request_id import with_run_id
from functions.common.settings import REPORTS_SETTINGS, load_settings
from functions.common.tenancy import ReadableStore, list_stores_with_reports

logger = logging.getLogger(__name__)


class ReportsError(RuntimeError):
    """The reports of some stores were not written. The invocation fails too, which raises the alarm on its errors."""


def write_reports(database: Database, now: datetime) -> int:
    """Write the reports of all stores that are due, and return their number.

    It can run again, late, or twice at the same time without harm: a report of the same days is written once.

    Raises:
        ReportsError: some reports could not be written; raised after those of all other stores were.
    """
    with database.connect() as connection:
        stores = list_stores_with_reports(connection)
    written, failed = 0, []
    for store in stores:
        try:
            written += _write_reports_of_store(database, store, now)
        except StoreSettingsInvalid as error:
            failed.append(f"{store.id}: {error.detail}")
        except Exception as error:
            # One store must not stop the others; the invocation fails at the end.
            logger.exception("reports: store %s failed", store.id)
            failed.append(f"{store.id}: {type(error).__name__}")
    logger.info("reports: %d written", written)
    if failed:
        raise ReportsError("; ".join(failed))
    return written


def _write_reports_of_store(database: Database, store: ReadableStore, now: datetime) -> int:
    with database.connect() as connection:
        begin_snapshot(connection)
        due = due_reports(connection, store, now)
        contents: dict[StoreDays, dict[str, Any]] = {}
        for _, period in due:
            if period not in contents:
                contents[period] = report_content(build_report(connection, store, now, period))
    if not due:
        return 0
    with database.connect() as connection, connection.begin():
        return store_reports(connection, store, now, [(row, period, contents[period]) for row, period in due])


logs.set_up()
_database = Database(load_settings(REPORTS_SETTINGS).database_url)


@with_run_id
@measured_job("reports")
def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Handle a scheduled event."""
    return {"reports_written": write_reports(_database, datetime.now(UTC))}
