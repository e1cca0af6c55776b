"""The logins of the functions at the database, each with the rights of its group role."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg import sql

from server.functions import FUNCTIONS, Function
from server.keys import Keys


def create_logins(connection: psycopg.Connection[Any], keys: Keys) -> None:
    """Create the login of each function, or set the password and limits of an existing one, in one transaction.

    Args:
        connection: A connection of the owner of the tables, after the migrations.
        keys: The keys of the installation.
    """
    with connection.transaction():
        for function in FUNCTIONS:
            for statement in _statements(function, _has_login(connection, function), keys):
                connection.execute(statement)


def _statements(function: Function, exists: bool, keys: Keys) -> list[sql.Composed]:
    login, group = sql.Identifier(function.login), sql.Identifier(function.group_role)
    action: LiteralString = "ALTER" if exists else "CREATE"
    password = sql.Literal(keys.password(function.name))
    # The function ends at timeout_s; the database a little before, so that the function can still answer.
    limit = sql.Literal(f"{function.timeout_s - 5}s")
    return [
        sql.SQL(action + " ROLE {} LOGIN PASSWORD {}").format(login, password),
        sql.SQL("GRANT {} TO {}").format(group, login),
        sql.SQL("ALTER ROLE {} SET statement_timeout = {}").format(login, limit),
        sql.SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = '30s'").format(login),
    ]


def _has_login(connection: psycopg.Connection[Any], function: Function) -> bool:
    return connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [function.login]).rowcount > 0
