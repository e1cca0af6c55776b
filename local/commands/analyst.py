"""`metrica analyst`: grant analysts SQL access to the hourly figures of single stores."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from local.commands import Subparsers
from local.errors import AccountError

if TYPE_CHECKING:
    from db.timescale.analysts import Connection


def add_parsers(subparsers: Subparsers) -> None:
    """Add `analyst grant | revoke | list`."""
    parser = subparsers.add_parser(
        "analyst",
        help="manage who may read the hourly figures of a store in SQL",
        description="Analysts are database users that read the views of the schema `analytics`: the stores that "
        "are granted to them, and nothing else. Works on DATABASE_URL, or else on the database of the local stack.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    grant = actions.add_parser("grant", help="give an analyst access to a store; a new password is shown once")
    _add_action(grant, _grant, store_is_required=True)
    revoke = actions.add_parser("revoke", help="remove access to a store, or to all of them with the database user")
    _add_action(revoke, _revoke, store_is_required=False)
    actions.add_parser("list", help="list every analyst with its stores").set_defaults(run=_list)


def _add_action(
    parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int], *, store_is_required: bool
) -> None:
    parser.add_argument("name", help="lower-case letters, digits and _")
    parser.add_argument("store", type=UUID, nargs=None if store_is_required else "?", help="the store's id")
    parser.set_defaults(run=run)


def _grant(arguments: argparse.Namespace) -> int:
    from db.timescale import analysts

    with _database() as connection:
        granted = analysts.grant(connection, arguments.name, arguments.store)
        print(f"{arguments.name} sees {granted.store_name} ({arguments.store}) as {granted.role}")
        if granted.password is None:
            print("the password is the one shown when the analyst was created")
        else:
            host, port, database = connection.info.host, connection.info.port, connection.info.dbname
            print(f"postgresql://{granted.role}:{granted.password}@{host}:{port}/{database}")
            print("this address contains the password, which is shown only once")
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    from db.timescale import analysts

    with _database() as connection:
        is_dropped = analysts.revoke(connection, arguments.name, arguments.store)
    if is_dropped:
        print(f"{arguments.name} has no store left and is deleted")
    else:
        print(f"{arguments.name} has no access to that store any more")
    return 0


def _list(_: argparse.Namespace) -> int:
    from db.timescale import analysts

    with _database() as connection:
        found = analysts.list_analysts(connection)
    for analyst in found:
        for store_id, store_name in analyst.stores:
            print(f"{analyst.name}  {analyst.role}  {store_id}  {store_name}")
        if not analyst.stores:
            print(f"{analyst.name}  {analyst.role}  (no store: `metrica analyst revoke {analyst.name}` deletes it)")
    if not found:
        print("there are no analysts: `metrica analyst grant NAME STORE` creates one")
    return 0


@contextmanager
def _database() -> Iterator[Connection]:
    """Yield a connection to the migrated database; its errors become AccountError."""
    import psycopg

    from db.timescale.analysts import AnalystError
    from local.stack.chosen_database import chosen_settings
    from local.stack.stack import migrated_database

    with migrated_database(chosen_settings()) as url:
        try:
            with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
                yield connection
        except AnalystError as error:
            raise AccountError(str(error)) from error
        except psycopg.Error as error:
            raise AccountError(f"the database reported an error: {' '.join(str(error).split())}") from error
