"""Erasure of a person: everything that an e-mail address is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from psycopg import sql

from db.timescale.erasure.columns import COLUMNS, Content
from db.timescale.erasure.transaction import Connection, ErasureError, erasing, forget_statistics, record_erasure

REPLACEMENT = "[erased]"
"""What stands in the place of an address in texts that are kept."""

_OF_USER: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("report_subscriptions", "user_id = ANY(%(users)s)"),
    ("notification_channels", "user_id = ANY(%(users)s)"),
    ("store_members", "user_id = ANY(%(users)s)"),
    ("idempotency_keys", "user_id = ANY(%(users)s)"),
    ("store_invites", "lower(email) = %(email)s"),
    ("superadmins", "lower(email) = %(email)s OR user_id = ANY(%(users)s)"),
    ("users", "id = ANY(%(users)s)"),
)
"""Rows that are deleted, with what refers to them. Notifications go with their channels and subscriptions."""


@dataclass(frozen=True)
class PersonErasure:
    """What was removed.

    Attributes:
        rows: deleted rows by table, and changed rows by `table.column`; none that are 0.
        user_ids: the ids of the person, which stay where rows of others refer to them.
        stores_without_owner: names of stores that nobody owns any more.
    """

    rows: Mapping[str, int]
    user_ids: tuple[UUID, ...]
    stores_without_owner: tuple[str, ...]


def erase_person(
    connection: Connection, email: str, account_ids: tuple[UUID, ...] = (), *, execute: bool
) -> PersonErasure:
    """Delete the rows of a person, and replace their address in all others.

    It can run again: an access token that was issued before makes a row of the user again, until it expires.

    Args:
        connection: a connection of the owner of the tables, in autocommit mode.
        email: the address, compared without case.
        account_ids: ids of the accounts with this address in the sign-in service.
        execute: whether to commit; otherwise the result says what would be removed.

    Raises:
        ErasureError: the person is the last superadmin, or the database refuses.
    """
    address = email.strip().lower()
    with erasing(connection, execute=execute):
        found = connection.execute("SELECT id FROM users WHERE lower(email) = %s", [address]).fetchall()
        users = tuple(sorted({row[0] for row in found} | set(account_ids)))
        values = {"email": address, "users": list(users)}
        _refuse_last_superadmin(connection, values)
        owned = connection.execute("SELECT store_id FROM store_members WHERE user_id = ANY(%(users)s)", values)
        store_ids = [row[0] for row in owned.fetchall()]
        rows = {}
        for table, condition in _OF_USER:
            statement = sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), sql.SQL(condition))
            rows[table] = connection.execute(statement, values).rowcount
        rows |= _replace_address(connection, address)
        rows = {name: count for name, count in rows.items() if count}
        if rows or account_ids:
            record_erasure(connection, "person.erase", "user", users[0] if users else None, rows)
        ownerless = connection.execute(
            "SELECT name FROM stores WHERE id = ANY(%s) AND archived_at IS NULL AND NOT EXISTS"
            " (SELECT FROM store_members m WHERE m.store_id = stores.id) ORDER BY name",
            [store_ids],
        ).fetchall()
    if execute:
        forget_statistics(connection, sorted({table for table, _ in _SEARCHED} | {table for table, _ in _OF_USER}))
    return PersonErasure(rows, users, tuple(row[0] for row in ownerless))


def address_pattern(address: str) -> str:
    """Return the regular expression of PostgreSQL that finds an address, but not as a part of a longer one."""
    quoted = re.sub(r"([^A-Za-z0-9@])", r"\\\1", address)
    return rf"(?<![A-Za-z0-9._%+'-]){quoted}(?![A-Za-z0-9-]|\.[A-Za-z0-9])"


_SEARCHED = tuple(column for column, content in COLUMNS.items() if content in {Content.ADDRESS, Content.WRITTEN})


def _replace_address(connection: Connection, address: str) -> dict[str, int]:
    """Replace the address in every column that may contain it, and return the number of rows by column."""
    rows = {}
    types = {
        (table, column): type_name
        for table, column, type_name in connection.execute(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)"
            " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0"
        ).fetchall()
    }
    for table, column in _SEARCHED:
        statement = sql.SQL(
            "UPDATE {table} SET {column} = regexp_replace({column}::text, %(pattern)s, %(replacement)s, 'gi')::{type}"
            " WHERE {column}::text ~* %(pattern)s"
        ).format(
            table=sql.Identifier(table),
            column=sql.Identifier(column),
            type=sql.SQL("jsonb" if types[table, column] == "jsonb" else "text"),
        )
        values = {"pattern": address_pattern(address), "replacement": REPLACEMENT}
        rows[f"{table}.{column}"] = connection.execute(statement, values).rowcount
    return rows


def _refuse_last_superadmin(connection: Connection, values: Mapping[str, object]) -> None:
    connection.execute("LOCK TABLE superadmins IN SHARE ROW EXCLUSIVE MODE")  # the last two may be erased at once
    row = connection.execute(
        "SELECT bool_or(lower(email) = %(email)s OR user_id = ANY(%(users)s)),"
        " bool_or(coalesce(lower(email) <> %(email)s, true) AND coalesce(user_id <> ALL(%(users)s), true))"
        " FROM superadmins WHERE removed_at IS NULL",
        values,
    ).fetchone()
    is_superadmin, there_are_others = row or (None, None)
    if is_superadmin and not there_are_others:
        raise ErasureError("This is the last superadmin. Add another one first: `superadmin add EMAIL`.")
