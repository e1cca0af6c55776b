"""Write the demo tenant with its history into a migrated database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg
from psycopg import Connection

from db.timescale.aggregate_refresh import refresh_range
from local.auth.accounts import Accounts
from local.errors import SeedError
from local.seed.demo_tenant import OWNER, STORES, SUPERADMIN
from local.seed.history import missing_history, write_history
from local.seed.tenant_rows import load_worker_keys, write_owner, write_store, write_superadmin, write_worker_keys

WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class SeedResult:
    """The result of one seed.

    Attributes:
        worker_keys: A worker key per store, in the clear.
        crossings: The number of crossings that this seed added.
    """

    worker_keys: Mapping[UUID, str]
    crossings: int


def seed(url: str, accounts: Accounts, folder: Path, now: datetime | None = None, weeks: int = WEEKS) -> SeedResult:
    """Write the tenant with its history up to the last quarter-hour; existing rows are kept and not doubled.

    Args:
        url: The migrated database.
        accounts: The users of the local auth.
        folder: Where the worker keys are kept.
        now: The end of the history; None for the current time.
        weeks: The length of the history.

    Raises:
        LocalError: The database or the disk reports an error.
    """
    now = datetime.now(UTC) if now is None else now
    owner = accounts.ensure(OWNER.email, password=OWNER.password)
    superadmin = accounts.ensure(SUPERADMIN.email, password=SUPERADMIN.password, role="superadmin")
    keys = load_worker_keys(folder, [store.id for store in STORES])
    start = now - timedelta(weeks=weeks)
    crossings = 0
    with connect(url) as connection:
        with connection.transaction():
            for store in STORES:
                write_store(connection, store, start, now)
                window = missing_history(connection, store, start, now)
                if window is not None:
                    crossings += write_history(connection, store, window)
            write_owner(connection, UUID(owner.id), owner.email, STORES)
            write_superadmin(connection, UUID(superadmin.id), superadmin.email)
            write_worker_keys(connection, keys)
        refresh_range(connection, start, now, now=now)
    return SeedResult(keys, crossings)


@contextmanager
def connect(url: str) -> Iterator[Connection]:
    """Yield a connection with autocommit.

    Raises:
        SeedError: The database cannot be reached, or reports an error.
    """
    try:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
            yield connection
    except psycopg.Error as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SeedError(f"the database reported an error: {reason[:300]}") from None
