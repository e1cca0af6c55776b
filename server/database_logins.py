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
            set_login(connection, function, function.login, keys.password(function.name))


def set_login(connection: psycopg.Connection[Any], function: Function, login: str, password: str) -> None:
    """Create the login of a function, or set the password and limits of an existing one.

    Args:
        connection: A connection of the owner of the tables, after the migrations.
        function: The function, which decides the group role and the limits.
        login: The name of the login.
        password: Its password.
    """
    for statement in _statements(function, login, _has_login(connection, login), password):
        connection.execute(statement)


def _statements(function: Function, name: str, exists: bool, password: str) -> list[sql.Composed]:
    login, group = sql.Identifier(name), sql.Identifier(function.group_role)
    action: LiteralString = "ALTER" if exists else "CREATE"
    # The function ends at timeout_s; the database a little before, so that the function can still answer.
    limit = sql.Literal(f"{function.timeout_s - 5}s")
    return [
        sql.SQL(action + " ROLE {} LOGIN PASSWORD {}").format(login, sql.Literal(password)),
        sql.SQL("GRANT {} TO {}").format(group, login),
        sql.SQL("ALTER ROLE {} SET statement_timeout = {}").format(login, limit),
        sql.SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = '30s'").format(login),
    ]


def _has_login(connection: psycopg.Connection[Any], login: str) -> bool:
    return connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [login]).rowcount > 0
