"""The metadata of the tables, and the columns that many of them have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, MetaData, Uuid, func

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)
"""The tables. The names of constraints and indexes are those that PostgreSQL would choose."""

view_metadata = MetaData()
"""The aggregates and views. SQLAlchemy only reads them."""

Timestamp = DateTime(timezone=True)


def id_column() -> Column[UUID]:
    """Return the primary key `id`, a random UUID by default."""
    return Column("id", Uuid, primary_key=True, server_default=func.gen_random_uuid())


def now_column(name: str) -> Column[Any]:
    """Return a timestamp that is the time of the INSERT by default."""
    return Column(name, Timestamp, nullable=False, server_default=func.now())


def parent_column(table: str, *, primary_key: bool = False) -> Column[UUID]:
    """Return the foreign key to the store or camera of a row: `parent_column("stores")` is `store_id`.

    Deleting the parent deletes the row.
    """
    return Column(
        f"{table.removesuffix('s')}_id",
        Uuid,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )
