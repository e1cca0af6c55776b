"""Entry point of the scheduled Lambda that computes the KPIs of store-days that are over, and of the hours of today."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from time import monotonic
from typing import Any

from functions.api.services.first_hours import compute_first_hours
from functions.api.services.store_days import MissingDay, compute_store_days, list_missing_days
from functions.api.services.store_settings import StoreSettings, StoreSettingsInvalid, parse_store_settings
from functions.common import logs
from functions.common.database import Connection, Database
from functions.common.metrics import measured_job
from functions.common.request_id import with_run_id
from functions.common.settings import STORE_DAYS_SETTINGS, load_settings
from functions.common.tenancy import ReadableStore, list_all_stores

logger = logging.getLogger(__name__)

DAYS_PER_TRANSACTION = 50
"""They take some tenths of a second: other clients of the database do not wait long."""

STORES_PER_STATEMENT = 100
"""The missing days of so many stores are listed at a time."""

STORES_PER_TRANSACTION = 25
"""The first hours of so many stores are computed at a time."""

MAX_DAYS_PER_RUN = 20_000
"""The newest missing days that a run lists: more than it computes."""

MAX_RUN_S = 240.0
"""The job ends after this time. The next run continues: it computes what is not stored."""


class StoreDaysError(RuntimeError):
    """The days of some stores could not be computed. The invocation fails too, which raises the alarm on its errors."""


def compute_all_store_days(database: Database, now: datetime, max_run_s: float = MAX_RUN_S) -> int:
    """Compute the store-days of all stores that are over, delivered and not stored, and return their number.

    Raises:
        StoreDaysError: the settings of some stores are invalid; raised after all others were computed.
    """
    with database.connect() as connection:
        stores = list_all_stores(connection)
    return compute_days_of_stores(database, stores, now, max_run_s)


def compute_days_of_stores(
    database: Database, stores: Sequence[ReadableStore], now: datetime, max_run_s: float = MAX_RUN_S
) -> int:
    """Compute the store-days of stores that are over, delivered and not stored, and return their number.

    The newest days come first: the last day of each store does not wait for the history of another.

    Args:
        database: the database.
        stores: the stores.
        now: the current time.
        max_run_s: no further transaction begins after this time, seconds.

    Raises:
        StoreDaysError: the settings of some stores are invalid; raised after all others were computed.
    """
    stop_at = monotonic() + max_run_s
    readable, failed = _parse_settings(stores)
    missing: list[MissingDay] = []
    for first in range(0, len(readable), STORES_PER_STATEMENT):
        with database.connect() as connection:
            listed = list_missing_days(
                connection, readable[first : first + STORES_PER_STATEMENT], now, MAX_DAYS_PER_RUN
            )
        missing = sorted([*missing, *listed], key=_day, reverse=True)[:MAX_DAYS_PER_RUN]
    computed = 0
    for first in range(0, len(missing), DAYS_PER_TRANSACTION):
        if monotonic() >= stop_at:
            logger.warning("store days: %d are left for the next run", len(missing) - first)
            break
        with _begin_snapshot(database) as connection:
            computed += compute_store_days(connection, missing[first : first + DAYS_PER_TRANSACTION], now)
    logger.info("store days: %d computed", computed)
    if failed:
        raise StoreDaysError("; ".join(failed))
    return computed


def compute_all_first_hours(database: Database, now: datetime, max_run_s: float = MAX_RUN_S) -> int:
    """Compute the first hours of the store-day in progress of all stores, and return for how many there were new ones.

    Stores with invalid settings are left out: `compute_all_store_days` names them.
    """
    with database.connect() as connection:
        stores = list_all_stores(connection)
    return compute_first_hours_of_stores(database, stores, now, max_run_s)


def compute_first_hours_of_stores(
    database: Database, stores: Sequence[ReadableStore], now: datetime, max_run_s: float = MAX_RUN_S
) -> int:
    """Compute the first hours of the store-day in progress of stores, and return for how many there were new ones.

    Args:
        database: the database.
        stores: the stores.
        now: the current time.
        max_run_s: no further transaction begins after this time, seconds.
    """
    stop_at = monotonic() + max_run_s
    readable, _ = _parse_settings(stores)
    computed = 0
    for first in range(0, len(readable), STORES_PER_TRANSACTION):
        if monotonic() >= stop_at:
            logger.warning("first hours: %d stores are left for the next run", len(readable) - first)
            break
        with _begin_snapshot(database) as connection:
            computed += compute_first_hours(connection, readable[first : first + STORES_PER_TRANSACTION], now)
    logger.info("first hours: computed for %d stores", computed)
    return computed


@contextmanager
def _begin_snapshot(database: Database) -> Iterator[Connection]:
    """Begin a transaction with one snapshot: the numbers and the version of their data belong together."""
    with database.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _parse_settings(stores: Sequence[ReadableStore]) -> tuple[list[tuple[ReadableStore, StoreSettings]], list[str]]:
    """Return the stores with their settings, and for each store with invalid settings what is wrong."""
    readable, failed = [], []
    for store in stores:
        try:
            readable.append((store, parse_store_settings(store)))
        except StoreSettingsInvalid as error:
            failed.append(f"{store.id}: {error.detail}")
    return readable, failed


def _day(missing: MissingDay) -> date:
    return missing.day


logs.set_up()
_database = Database(load_settings(STORE_DAYS_SETTINGS).database_url)


@with_run_id
@measured_job("days")
def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Handle a scheduled event. The hours of today come first: they take a few seconds, and a history minutes."""
    now = datetime.now(UTC)
    stop_at = monotonic() + MAX_RUN_S
    first_hours = compute_all_first_hours(_database, now)
    days = compute_all_store_days(_database, now, stop_at - monotonic())
    return {"first_hours_computed": first_hours, "store_days_computed": days}
