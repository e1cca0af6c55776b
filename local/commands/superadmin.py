"""`metrica superadmin`: add and remove who may use the admin API and the admin pages."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from functions.common.email_argument import email_argument
from local.commands import Subparsers
from local.errors import AccountError

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add_parsers(subparsers: Subparsers) -> None:
    """Add `superadmin add | remove | list`."""
    parser = subparsers.add_parser(
        "superadmin",
        help="manage who may use the admin API and pages",
        description="Superadmins may use the admin API and pages. They sign in with an account of Supabase Auth, or of "
        "the local stack. Works on DATABASE_URL, or else on the database of the local stack.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_action(actions.add_parser("add", help="add the user with this address"), _add)
    _add_action(actions.add_parser("remove", help="remove the user with this address; takes effect at once"), _remove)
    actions.add_parser("list", help="list the superadmins").set_defaults(run=_list)


def _add_action(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("email", type=email_argument, metavar="EMAIL", help="the address of the account")
    parser.set_defaults(run=run)


def _add(arguments: argparse.Namespace) -> int:
    from functions.common import superadmins

    with _database() as connection:
        superadmins.add_superadmin(connection, None, arguments.email)
    print(f"the user with the address {arguments.email} is a superadmin from their next request on")
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    from functions.common import superadmins

    with _database() as connection:
        found = [row for row in superadmins.list_superadmins(connection) if row.email == arguments.email]
        if not found:
            raise AccountError(f"{arguments.email} is not a superadmin: `metrica superadmin list` lists them")
        superadmins.remove_superadmin(connection, None, found[0].id)
    print(f"{arguments.email} is not a superadmin any more")
    for row in found:
        if row.user_id is not None:
            print(f"what they did: GET /admin/audit?actor_id={row.user_id}")
            print(f"worker keys that they created: GET /admin/worker-keys?created_by={row.user_id}")
    return 0


def _list(_: argparse.Namespace) -> int:
    from functions.common import superadmins

    with _database() as connection:
        found = superadmins.list_superadmins(connection)
    for row in found:
        user = row.user_id or "has not used the admin pages yet"
        print(f"{row.email or '(no address)'}  since {row.added_at:%Y-%m-%d}  {user}")
    if not found:
        print("there are no superadmins: `metrica superadmin add EMAIL` adds one")
    return 0


@contextmanager
def _database() -> Iterator[Connection]:
    """Yield a connection to the migrated database and commit at the end; its errors become AccountError."""
    from sqlalchemy.exc import DBAPIError

    from functions.common.database import Database
    from functions.common.problems import Problem
    from functions.common.secret import Secret
    from local.stack.chosen_database import chosen_settings
    from local.stack.stack import migrated_database

    with migrated_database(chosen_settings()) as url:
        database = Database(Secret("DATABASE_URL", url))
        try:
            with database.connect() as connection:
                yield connection
                connection.commit()
        except Problem as problem:
            raise AccountError(problem.detail) from problem
        except DBAPIError as error:
            raise AccountError(f"the database reported an error: {' '.join(str(error.orig).split())}") from error
        finally:
            database.dispose()
