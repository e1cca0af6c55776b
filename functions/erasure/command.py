"""The commands `erase person` and `erase store`, of `metrica` and of `metrica-server`.

They show what would be removed, and remove it only with `--execute`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import psycopg

from db.timescale.erasure.person import erase_person
from db.timescale.erasure.store import erase_store
from db.timescale.erasure.transaction import ErasureError
from functions.erasure.sign_in_accounts import SignInServiceError
from functions.erasure.store_snapshots import SnapshotsUnavailableError, delete_store_snapshots

CONNECT_TIMEOUT_S = 10
KEPT_OF_A_PERSON = (
    "kept: the random id of the person in the audit log and in created_by, added_by and similar columns, so that it"
    " stays known that one person did these things"
)
KEPT_OF_A_STORE = "kept: who did what and when in the audit log, without what the entries said about the store"
STILL_VALID = (
    "An access token that was issued before is valid until it expires, an hour by default, and makes a row of the"
    " person again: repeat the command after that. Backups contain what was erased: see docs/privacy.md."
)
NOTHING_CHANGED = "nothing was changed: repeat the command with --execute"


class EraseError(Exception):
    """The command failed; the message says why and what to do."""


class Accounts(Protocol):
    """The accounts of the sign-in service."""

    def find(self, email: str) -> tuple[UUID, ...]:
        """Return the ids of the accounts with an address."""

    def delete(self, account_id: UUID) -> None:
        """Delete an account."""


@dataclass(frozen=True)
class Target:
    """What is erased from.

    Attributes:
        database_url: the database, with the login of the owner of its tables.
        accounts: the sign-in service.
        snapshot_bucket: the setting SNAPSHOT_BUCKET.
    """

    database_url: str
    accounts: Accounts
    snapshot_bucket: str


def run_erasure(arguments: argparse.Namespace, target: Target) -> None:
    """Run `erase person` or `erase store`, and print what was removed.

    Raises:
        EraseError: the database, the sign-in service or the bucket refuses.
    """
    try:
        if arguments.kind == "person":
            _run_person(arguments.email, target, execute=arguments.erases)
        else:
            _run_store(arguments.store, target, execute=arguments.erases)
    except (ErasureError, SignInServiceError, SnapshotsUnavailableError) as error:
        raise EraseError(str(error)) from error
    except psycopg.Error as error:
        raise EraseError(f"the database refused: {' '.join(str(error).split())}") from error


def _run_person(email: str, target: Target, *, execute: bool) -> None:
    account_ids = target.accounts.find(email)
    with _connected(target.database_url) as connection:
        # The check that must not fail halfway comes first: without it an account would be gone and the rows there.
        preview = erase_person(connection, email, account_ids, execute=False)
        for account_id in account_ids if execute else ():
            target.accounts.delete(account_id)
        result = erase_person(connection, email, account_ids, execute=True) if execute else preview
    rows = {**({"accounts of the sign-in service": len(account_ids)} if account_ids else {}), **result.rows}
    if not rows:
        print(f"nothing has the address {email}")
        return
    _print_rows(rows, execute=execute)
    print(KEPT_OF_A_PERSON)
    for name in result.stores_without_owner:
        print(f"nobody owns the store {name!r} any more" if execute else f"nobody would own the store {name!r}")
    print(STILL_VALID if execute else NOTHING_CHANGED)


def _run_store(store_id: UUID, target: Target, *, execute: bool) -> None:
    with _connected(target.database_url) as connection:
        result = erase_store(connection, store_id, execute=execute)
    snapshots = delete_store_snapshots(target.snapshot_bucket, store_id, execute=execute)
    print(f"store {result.name!r}")
    _print_rows({**result.rows, **({"snapshots": snapshots} if snapshots else {})}, execute=execute)
    print(KEPT_OF_A_STORE)
    print("Backups contain what was erased: see docs/privacy.md." if execute else NOTHING_CHANGED)


def _print_rows(rows: Mapping[str, int], *, execute: bool) -> None:
    print("removed:" if execute else "would be removed:")
    for name, count in rows.items():
        print(f"  {name:32} {count:>9}")


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(
        url,
        autocommit=True,
        prepare_threshold=None,
        connect_timeout=CONNECT_TIMEOUT_S,
        application_name="metrica-erase",
    ) as connection:
        yield connection
