"""What an operator does with the database of one server: migrate it, create logins, add a superadmin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg

from db.timescale import migrate
from server import auth_server
from server.database_logins import create_logins
from server.errors import OperationError
from server.installation import Installation
from server.keys import Keys

if TYPE_CHECKING:
    from functions.erasure.command import Target

CONNECT_TIMEOUT_S = 10


def owner_url(installation: Installation) -> str:
    """Return the URL of the database with the login of the owner of its tables."""
    return _url(installation, "postgres", Keys(installation.secret).password("postgres"), installation.database_name)


def migrate_database(installation: Installation) -> str:
    """Bring the database to the newest schema, create the logins of the functions, and return the revision.

    Several may run at once: the migrations take an advisory lock.

    Raises:
        OperationError: The database cannot be reached or refuses.
    """
    url = owner_url(installation)
    try:
        migrate.upgrade(url)
    except migrate.MigrationError as error:
        raise OperationError(" ".join(str(error).split())) from error
    with _connected(url) as connection:
        create_logins(connection, Keys(installation.secret))
    return migrate.head()


def auth_url(installation: Installation) -> str:
    """Return the URL of the auth server's database with its login."""
    return _url(installation, auth_server.LOGIN, Keys(installation.secret).password("auth"), auth_server.DATABASE)


def prepare_auth_database(installation: Installation, *, with_schema: bool = True) -> None:
    """Create the database, the login and the schema of the auth server, if they are missing.

    Args:
        installation: The installation.
        with_schema: Whether to create the schema too; a backup contains it.

    Raises:
        OperationError: The database cannot be reached or refuses.
    """
    keys = Keys(installation.secret)
    with _connected(owner_url(installation)) as connection:
        auth_server.create_auth_database(connection, keys)
    if with_schema:
        with _connected(auth_url(installation)) as connection:
            auth_server.create_auth_schema(connection)


def add_superadmin(installation: Installation, email: str) -> None:
    """Add a superadmin. Adding one again changes nothing.

    Raises:
        OperationError: The database cannot be reached or refuses.
    """
    from functions.common import superadmins
    from functions.common.database import Database
    from functions.common.secret import Secret

    database = Database(Secret("DATABASE_URL", owner_url(installation)))
    with database.connect() as connection:
        if email.lower() not in {row.email for row in superadmins.list_superadmins(connection)}:
            superadmins.add_superadmin(connection, None, email)
            connection.commit()
    database.dispose()


def erasure_target(installation: Installation) -> Target:
    """Return the database, the sign-in service and the folder of snapshots that `erase` works on."""
    from functions.common.secret import Secret
    from functions.erasure.command import Target
    from functions.erasure.sign_in_accounts import SignInAccounts

    hosted = installation.hosted_auth
    key = hosted.service_role_key if hosted else Keys(installation.secret).service_role_key
    auth_address = f"{hosted.url}/auth/v1" if hosted else f"http://{installation.addresses.auth}"
    return Target(
        owner_url(installation),
        SignInAccounts(auth_address, Secret("SUPABASE_SERVICE_ROLE_KEY", key)),
        f"file://{installation.snapshot_folder}",
    )


def _url(installation: Installation, login: str, password: str, database: str) -> str:
    address = installation.addresses.database
    return f"postgresql://{login}:{quote(password, safe='')}@{address}/{quote(database)}?sslmode=prefer"


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        with psycopg.connect(
            url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_TIMEOUT_S
        ) as connection:
            yield connection
    except psycopg.Error as error:
        raise OperationError(f"the database refused: {' '.join(str(error).split())}") from error
