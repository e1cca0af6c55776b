"""`metrica backup` and `metrica restore`: the whole database in one file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from local.commands import Subparsers
from local.errors import BackupFailedError

if TYPE_CHECKING:
    from local.stack.settings import StackSettings


def add_parsers(subparsers: Subparsers) -> None:
    """Add `backup` and `restore`."""
    backup = subparsers.add_parser(
        "backup",
        help="write the database into a file",
        description="Write the database of DATABASE_URL, or else of the local stack, into a file. It may be in use. "
        "Needs pg_dump, of the version of the server or newer.",
    )
    _add_arguments(backup)
    backup.set_defaults(run=_run_backup)
    restore = subparsers.add_parser(
        "restore",
        help="restore a backup into an empty database",
        description="Restore a backup into the empty database of DATABASE_URL, or else into a new one of the local "
        "stack, whose state folder (METRICA_HOME) must not have one. Then the schema is migrated and the privileges "
        "of logins are checked. Needs pg_restore.",
    )
    _add_arguments(restore)
    restore.set_defaults(run=_run_restore)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--programs", type=Path, metavar="FOLDER", help="where the programs of PostgreSQL are (PATH)")


def _run_backup(arguments: argparse.Namespace) -> int:
    from db.timescale.backup import BackupError, dump_database
    from local.stack.chosen_database import chosen_settings

    with _database(chosen_settings()) as url:
        try:
            dump_database(url, arguments.file, arguments.programs)
        except BackupError as error:
            raise BackupFailedError(str(error)) from error
    print(f"{arguments.file}: {arguments.file.stat().st_size / 1e6:.1f} MB")
    return 0


def _run_restore(arguments: argparse.Namespace) -> int:
    from db.timescale.backup import BackupError, restore_database
    from local.stack.chosen_database import chosen_settings

    with _database(chosen_settings()) as url:
        try:
            restored = restore_database(url, arguments.file, arguments.programs)
        except BackupError as error:
            raise BackupFailedError(str(error)) from error
    print(f"restored; the schema is at revision {restored.revision}")
    for privilege in restored.open_privileges:
        print(f"open to logins that do not need it: {privilege}")
    return 0


@contextmanager
def _database(settings: StackSettings) -> Iterator[str]:
    """Yield DATABASE_URL, the database of the running stack, or that of the state folder, which is not migrated."""
    from db.timescale.embedded.launcher import EmbeddedServerError, running
    from local.stack.lock import running_stack
    from local.stack.service_definitions import StackUrls

    if settings.database_url is not None or running_stack(settings.home) is not None:
        yield StackUrls.of(settings).database
        return
    try:
        with running(settings.database_folder) as server:
            yield server.url
    except EmbeddedServerError as error:
        raise BackupFailedError(str(error)) from error
