"""`metrica seed`: the demo tenant with eight weeks of generated history."""

from __future__ import annotations

import argparse

from local.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Adds `seed`."""
    parser = subparsers.add_parser(
        "seed",
        help="write the demo tenant with eight weeks of generated history",
        description="Writes a superadmin, an owner with two stores, cameras, worker keys and eight weeks of generated "
        "history (marked as generated) into DATABASE_URL, or else the database of the local stack. Running it again "
        "keeps what is there and extends the history up to now.",
    )
    parser.add_argument("--weeks", type=_weeks, default=8, help="how far back the history goes (8)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Returns 0; raises LocalError when the database refuses."""
    import time

    from local.auth.accounts import Accounts
    from local.seed.seeding import seed
    from local.seed.tenant import OWNER, STORES, SUPERADMIN
    from local.stack import StackSettings
    from local.stack.reach import migrated_database

    settings = StackSettings.from_env()
    with migrated_database(settings) as url:
        began = time.monotonic()
        seeded = seed(url, Accounts.open(settings.auth_folder), settings.home / "demo", weeks=arguments.weeks)
    print(f"{seeded.crossings} crossings generated in {time.monotonic() - began:.1f} s")
    for store in STORES:
        print(f"  {store.name}: camera {store.active.id}, worker key {seeded.keys[store.id]}")
    for login in (OWNER, SUPERADMIN):
        print(f"  {login.email}  {login.password}")
    return 0


def _weeks(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 52:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of weeks from 1 to 52")
