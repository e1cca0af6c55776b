"""The configuration of Supabase's auth server (GoTrue), and its database.

It has a database of its own on the same server: Metrica revokes in its database what logins do not need, and the
migrations of the auth server need some of it.
"""

from __future__ import annotations

import json
from email.utils import parseaddr
from typing import Any, Final, LiteralString
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from server.errors import InstallationError
from server.installation import Installation
from server.keys import Keys

DATABASE: Final = "auth"
LOGIN: Final = "metrica_auth"
SCHEMA: Final = "auth"


def auth_environment(installation: Installation, keys: Keys) -> dict[str, str]:
    """Return the environment variables of the auth server."""
    issuer = f"{installation.url}/auth/v1"
    port = installation.addresses.auth.rpartition(":")[2]
    templates = f"http://{installation.addresses.pages}/mail"
    return {
        "GOTRUE_API_HOST": installation.listen_host,
        "PORT": port,
        "API_EXTERNAL_URL": issuer,
        "GOTRUE_SITE_URL": installation.url,
        "GOTRUE_URI_ALLOW_LIST": f"{installation.url}/**,{installation.admin_url}/**",
        "GOTRUE_DISABLE_SIGNUP": "true",
        "GOTRUE_DB_DRIVER": "postgres",
        "GOTRUE_DB_NAMESPACE": SCHEMA,
        "GOTRUE_DB_MAX_POOL_SIZE": "10",
        "GOTRUE_DB_DATABASE_URL": (
            f"postgres://{LOGIN}:{keys.password('auth')}@{installation.addresses.database}/{DATABASE}?sslmode=disable"
        ),
        "GOTRUE_JWT_SECRET": keys.jwt_secret,
        "GOTRUE_JWT_KEYS": json.dumps([keys.signing_jwk]),
        "GOTRUE_JWT_ISSUER": issuer,
        "GOTRUE_JWT_AUD": "authenticated",
        "GOTRUE_JWT_DEFAULT_GROUP_NAME": "authenticated",
        "GOTRUE_JWT_ADMIN_ROLES": "service_role",
        "GOTRUE_JWT_EXP": "3600",
        "GOTRUE_EXTERNAL_EMAIL_ENABLED": "true",
        "GOTRUE_EXTERNAL_PHONE_ENABLED": "false",
        "GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED": "false",
        "GOTRUE_MAILER_AUTOCONFIRM": "false",
        "GOTRUE_MAILER_TEMPLATES_INVITE": f"{templates}/invite.html",
        "GOTRUE_MAILER_TEMPLATES_RECOVERY": f"{templates}/recovery.html",
        "GOTRUE_MAILER_SUBJECTS_INVITE": "You have been invited to Metrica",
        "GOTRUE_MAILER_SUBJECTS_RECOVERY": "Set a new password for Metrica",
    } | _smtp_environment(installation)


def environment_file(environment: dict[str, str]) -> str:
    """Return variables as a file that the auth server reads.

    Raises:
        InstallationError: A value contains a single quote or a line break.
    """
    for name, value in environment.items():
        if "'" in value or "\n" in value:
            raise InstallationError(
                f"{name} contains a single quote or a line break, which the auth server cannot read"
            )
    return "".join(f"{name}='{value}'\n" for name, value in environment.items())


def create_auth_database(owner: psycopg.Connection[Any], keys: Keys) -> None:
    """Create the database and the login of the auth server, or set the password of an existing one.

    Args:
        owner: A connection of a superuser, in autocommit mode, to another database of the server.
        keys: The keys of the installation.
    """
    login, database = sql.Identifier(LOGIN), sql.Identifier(DATABASE)
    action: LiteralString = "ALTER" if _exists(owner, "pg_roles", "rolname", LOGIN) else "CREATE"
    owner.execute(sql.SQL(action + " ROLE {} LOGIN PASSWORD {}").format(login, sql.Literal(keys.password("auth"))))
    owner.execute(sql.SQL("ALTER ROLE {} SET search_path = {}").format(login, sql.Identifier(SCHEMA)))
    if not _exists(owner, "pg_database", "datname", DATABASE):
        owner.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, login))
    owner.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(database))


def create_auth_schema(connection: psycopg.Connection[Any]) -> None:
    """Create the schema of the auth server, over a connection of its login to its database."""
    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))


def _exists(connection: psycopg.Connection[Any], catalogue: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT FROM {} WHERE {} = %s").format(sql.Identifier(catalogue), sql.Identifier(column))
    return connection.execute(query, [name]).rowcount > 0


def _smtp_environment(installation: Installation) -> dict[str, str]:
    if not installation.smtp_url:
        return {}
    server = urlsplit(installation.smtp_url)
    name, address = parseaddr(installation.mail_sender)
    return {
        "GOTRUE_SMTP_HOST": server.hostname or "",
        "GOTRUE_SMTP_PORT": str(server.port or 587),
        "GOTRUE_SMTP_USER": unquote(server.username or ""),
        "GOTRUE_SMTP_PASS": unquote(server.password or ""),
        "GOTRUE_SMTP_ADMIN_EMAIL": address,
        "GOTRUE_SMTP_SENDER_NAME": name or "Metrica",
    }
