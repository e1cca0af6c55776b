"""`metrica migrate` and `metrica seed`: change the database, which is started when it does not run."""

from __future__ import annotations

import argparse
import sys

from local.commands import Subparsers


def add_parsers(subparsers: Subparsers) -> None:
    """Add `migrate` and `seed`."""
    migrate = subparsers.add_parser(
        "migrate",
        help="bring the database to the newest schema",
        description="Run the missing migrations on DATABASE_URL, or else on the database of the local stack, which is "
        "started for this when it does not run.",
    )
    migrate.set_defaults(run=_run_migrate)
    seed = subparsers.add_parser(
        "seed",
        help="write the demo tenant with eight weeks of generated history",
        description="Write a superadmin, an owner with two stores, cameras, worker keys and eight weeks of generated "
        "history (marked as generated) into DATABASE_URL, or else the database of the local stack. Running it again "
        "keeps the existing rows and extends the history up to now.",
    )
    seed.add_argument("--weeks", type=_weeks, default=8, help="length of the history in weeks (8)")
    seed.set_defaults(run=_run_seed)


def _run_migrate(_: argparse.Namespace) -> int:
    from db.timescale.migrate import open_privileges
    from local.stack.chosen_database import chosen_settings
    from local.stack.stack import migrated_database

    with migrated_database(chosen_settings()) as url:
        print("the database has the newest schema")
        if warning := open_privileges(url):
            print(f"metrica: {warning}", file=sys.stderr)
    return 0


def _run_seed(arguments: argparse.Namespace) -> int:
    import time

    from local.auth.accounts import Accounts
    from local.seed.demo_tenant import OWNER, STORES, SUPERADMIN
    from local.seed.seed import seed
    from local.stack.chosen_database import chosen_settings
    from local.stack.stack import migrated_database

    settings = chosen_settings()
    with migrated_database(settings) as url:
        started_at = time.monotonic()
        result = seed(url, Accounts.open(settings.auth_folder), settings.home / "demo", weeks=arguments.weeks)
    print(f"{result.crossings} crossings generated in {time.monotonic() - started_at:.1f} s")
    for store in STORES:
        print(f"  {store.name}: camera {store.default_camera.id}, worker key {result.worker_keys[store.id]}")
    for login in (OWNER, SUPERADMIN):
        print(f"  {login.email}  {login.password}")
    return 0


def _weeks(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 52:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of weeks from 1 to 52")
