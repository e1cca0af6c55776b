"""Seeds the demo tenant into a migrated database."""

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
from local.seed.errors import SeedError
from local.seed.history import missing_past, write_past
from local.seed.keys import kept_keys
from local.seed.tenancy import write_keys, write_owner, write_store
from local.seed.tenant import OWNER, STORES, SUPERADMIN

WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seed left behind.

    Attributes:
        keys: a worker key per store.
        crossings: how many were generated this time.
        until: up to when the past reaches.
    """

    keys: Mapping[UUID, str]
    crossings: int
    until: datetime


def seed(url: str, accounts: Accounts, folder: Path, now: datetime | None = None, weeks: int = WEEKS) -> Seeded:
    """The tenant with its past up to the last quarter-hour; what is there already is kept and not doubled.

    `folder` is where the worker keys are kept. Raises LocalError when the database or the disk refuses.
    """
    now = datetime.now(UTC) if now is None else now
    owner = accounts.ensure(OWNER.email, password=OWNER.password)
    accounts.ensure(SUPERADMIN.email, password=SUPERADMIN.password, role="superadmin")
    keys = kept_keys(folder, [store.id for store in STORES])
    begins = now - timedelta(weeks=weeks)
    crossings = 0
    with connected(url) as connection:
        with connection.transaction():
            for store in STORES:
                write_store(connection, store, begins, now)
                span = missing_past(connection, store, begins, now)
                if span is not None:
                    crossings += write_past(connection, store, span)
            write_owner(connection, UUID(owner.id), owner.email, STORES)
            write_keys(connection, keys)
        refresh_range(connection, begins, now, now=now)
    return Seeded(keys, crossings, now)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection for one sequence of statements; raises SeedError for whatever the database answers."""
    try:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
            yield connection
    except psycopg.Error as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SeedError(f"the database refused the demo tenant: {reason[:300]}") from None
