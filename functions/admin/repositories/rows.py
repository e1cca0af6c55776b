"""Rows as plain dictionaries, by column name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable

from functions.common.database import Session

Row = dict[str, Any]


def all_rows(session: Session, statement: Executable) -> list[Row]:
    return [dict(row) for row in session.execute(statement).mappings()]


def one_row(session: Session, statement: Executable) -> Row:
    return dict(session.execute(statement).mappings().one())


def row_or_none(session: Session, statement: Executable) -> Row | None:
    row = session.execute(statement).mappings().one_or_none()
    return None if row is None else dict(row)
