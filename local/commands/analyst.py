"""`metrica analyst`: who may read which stores' hourly figures in SQL."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from local.commands import Command, Subparsers
from local.errors import AccountError

if TYPE_CHECKING:
    from db.timescale.analysts import Connection


def add_parser(subparsers: Subparsers) -> None:
    """Adds `analyst grant | revoke | list`."""
    parser = subparsers.add_parser(
        "analyst",
        help="who may read which stores' hourly figures in SQL",
        description="Analysts are database users that read the views of the schema `analytics`, with the stores that "
        "are granted to them and nothing else. Works on DATABASE_URL, or else on the database of the local stack.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    grant = actions.add_parser("grant", help="let an analyst see a store; a new one's password is shown once")
    _add_action(grant, _grant, store_is_required=True)
    revoke = actions.add_parser("revoke", help="take away a store, or all of them and the database user")
    _add_action(revoke, _revoke, store_is_required=False)
    actions.add_parser("list", help="every analyst with its stores").set_defaults(run=_list)


def _add_action(parser: argparse.ArgumentParser, run: Command, *, store_is_required: bool) -> None:
    parser.add_argument("name", help="lower-case letters, digits and _; the database user is analyst_NAME")
    parser.add_argument("store", type=UUID, nargs=None if store_is_required else "?", help="the store's id")
    parser.set_defaults(run=run)


def _grant(arguments: argparse.Namespace) -> int:
    from db.timescale import analysts

    with _database() as connection:
        granted = analysts.grant(connection, arguments.name, arguments.store)
        print(f"{granted.role} sees {granted.store_name} ({arguments.store})")
        if granted.password is None:
            print("the password is the one that was shown when the analyst was made")
        else:
            host, port, database = connection.info.host, connection.info.port, connection.info.dbname
            print(f"postgresql://{granted.role}:{granted.password}@{host}:{port}/{database}")
            print("the password is in this address and is shown only now")
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    from db.timescale import analysts

    with _database() as connection:
        is_dropped = analysts.revoke(connection, arguments.name, arguments.store)
    role = analysts.role_of(arguments.name)
    print(f"{role} sees no store any more and is gone" if is_dropped else f"{role} does not see that store any more")
    return 0


def _list(_: argparse.Namespace) -> int:
    from db.timescale import analysts

    with _database() as connection:
        found = analysts.list_analysts(connection)
    for analyst in found:
        for store_id, store_name in analyst.stores:
            print(f"{analyst.role}  {store_id}  {store_name}")
    if not found:
        print("there are no analysts: `metrica analyst grant NAME STORE` makes one")
    return 0


@contextmanager
def _database() -> Iterator[Connection]:
    """A connection to the migrated database; what the database refuses becomes AccountError."""
    import psycopg

    from db.timescale.analysts import AnalystError
    from local.stack import StackSettings
    from local.stack.reach import migrated_database

    with migrated_database(StackSettings.from_env()) as url:
        try:
            with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
                yield connection
        except AnalystError as error:
            raise AccountError(str(error)) from error
        except psycopg.Error as error:
            raise AccountError(f"the database refused: {' '.join(str(error).split())}") from error
