"""The arguments of the commands `erase person` and `erase store`. It imports nothing heavy: `--help` is quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from uuid import UUID


def add_arguments(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    """Add `person` and `store` to a parser. `run` gets the parsed arguments."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    person = kinds.add_parser("person", help="everything that an e-mail address is in, and the account")
    person.add_argument("--email", required=True, type=_email, help="the address of the person")
    store = kinds.add_parser("store", help="a store that is archived, with its history and its snapshots")
    store.add_argument("--store", required=True, type=_uuid, metavar="ID", help="the id of the store")
    for kind in (person, store):
        kind.add_argument(
            "--execute", action="store_true", dest="erases", help="erase; without it, the command only says what"
        )
        kind.set_defaults(run=run)


def _email(text: str) -> str:
    name, _, domain = text.strip().lower().rpartition("@")
    is_quoted = any(character.isspace() or character in "\"\\'<>" for character in text.strip())
    if not name or "." not in domain or is_quoted:
        raise argparse.ArgumentTypeError(f"{text!r} is not an e-mail address")
    return f"{name}@{domain}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not the id of a store") from None
