"""`metrica migrate`: bring the database to the newest schema."""

from __future__ import annotations

import argparse

from local.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Adds `migrate`."""
    parser = subparsers.add_parser(
        "migrate",
        help="bring the database to the newest schema",
        description="Runs the migrations that are missing on DATABASE_URL, or else on the database of the local stack, "
        "which is started for it when it does not run.",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Returns 0; raises LocalError when the database cannot be reached or refuses."""
    from local.stack import StackSettings
    from local.stack.reach import migrated_database

    with migrated_database(StackSettings.from_env()):
        print("the database has the newest schema")
    return 0
