"""Entry point of the scheduled Lambda that computes the KPIs of store-days that are over."""

import logging
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from functions.api.services.store_days import compute_store_days, list_missing_days
from functions.api.services.store_settings import StoreSettingsInvalid, parse_store_settings
from functions.common.database import Database
from functions.common.settings import STORE_DAYS_SETTINGS, load_settings
from functions.common.tenancy import ReadableStore, list_all_stores

logger = logging.getLogger(__name__)

DAYS_PER_TRANSACTION = 31
"""A month of a store takes some tens of milliseconds: other clients of the database do not wait long."""

MAX_RUN_S = 240.0
"""The job ends after this time. The next run continues."""


class StoreDaysError(RuntimeError):
    """The days of some stores could not be computed. The invocation fails too, which raises the alarm on its errors."""


def compute_all_store_days(database: Database, now: datetime, max_run_s: float = MAX_RUN_S) -> int:
    """Compute the store-days that are over, delivered and not stored, and return their number.

    Raises:
        StoreDaysError: the settings of some stores are invalid; raised after all others were computed.
    """
    stop_at = monotonic() + max_run_s
    computed = 0
    failed = []
    with database.connect() as connection:
        stores = list_all_stores(connection)
    for store in stores:
        try:
            computed += compute_days_of_store(database, store, now, stop_at)
        except StoreSettingsInvalid as error:
            failed.append(f"{store.id}: {error.detail}")
    logger.info("store days: %d computed", computed)
    if failed:
        raise StoreDaysError("; ".join(failed))
    return computed


def compute_days_of_store(
    database: Database, store: ReadableStore, now: datetime, stop_at: float = float("inf")
) -> int:
    """Compute the store-days of one store that are over, delivered and not stored, and return their number.

    Args:
        database: the database.
        store: the store.
        now: the current time.
        stop_at: the time of the monotonic clock after which no further transaction begins.

    Raises:
        StoreSettingsInvalid: the settings of the store are invalid.
    """
    settings = parse_store_settings(store)
    with database.connect() as connection:
        missing = list_missing_days(connection, store, settings, now)
    computed = 0
    while missing and monotonic() < stop_at:
        days, missing = missing[-DAYS_PER_TRANSACTION:], missing[:-DAYS_PER_TRANSACTION]  # the newest first
        with database.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                computed += compute_store_days(connection, store, settings, days, now)
    return computed


_database = Database(load_settings(STORE_DAYS_SETTINGS).database_url)


def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Handle a scheduled event."""
    return {"store_days_computed": compute_all_store_days(_database, datetime.now(UTC))}
