"""The backup of one server: Metrica's database, and that of the auth server."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from db.timescale.backup import BackupError, dump_database, restore_database, restore_plain_database
from server.errors import OperationError
from server.installation import Installation
from server.operations import auth_url, migrate_database, owner_url, prepare_auth_database

METRICA: Final = "metrica.dump"
AUTH: Final = "auth.dump"


def back_up(installation: Installation, folder: Path, programs: Path | None = None) -> list[Path]:
    """Write the databases into a folder and return the files. Everything may run meanwhile.

    Raises:
        OperationError: A database cannot be read, or the folder cannot be written.
    """
    databases = {METRICA: owner_url(installation)}
    if installation.hosted_auth is None:
        databases[AUTH] = auth_url(installation)
    try:
        for name, url in databases.items():
            dump_database(url, folder / name, programs)
    except BackupError as error:
        raise OperationError(str(error)) from error
    return [folder / name for name in databases]


def restore(installation: Installation, folder: Path, programs: Path | None = None) -> list[str]:
    """Restore a backup into the empty databases of a new server, and create the logins.

    Returns:
        What logins can do and should not; usually nothing.

    Raises:
        OperationError: A database is not empty, or a file cannot be restored.
    """
    try:
        restored = restore_database(owner_url(installation), folder / METRICA, programs)
        migrate_database(installation)
        if installation.hosted_auth is None:
            prepare_auth_database(installation, with_schema=False)
            restore_plain_database(auth_url(installation), folder / AUTH, programs)
    except BackupError as error:
        raise OperationError(str(error)) from error
    return restored.open_privileges
