"""Rows as plain dictionaries, by column name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable

from functions.common.database import Connection

Row = dict[str, Any]


def all_rows(connection: Connection, statement: Executable) -> list[Row]:
    return [dict(row) for row in connection.execute(statement).mappings()]


def one_row(connection: Connection, statement: Executable) -> Row:
    return dict(connection.execute(statement).mappings().one())


def row_or_none(connection: Connection, statement: Executable) -> Row | None:
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else dict(row)
