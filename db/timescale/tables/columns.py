"""What every table shares: names of constraints, and the columns that come again."""

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
views = MetaData()
"""Aggregates and views: never created or altered through SQLAlchemy."""

Moment = DateTime(timezone=True)


def new_id() -> Column[UUID]:
    return Column("id", Uuid, primary_key=True, server_default=func.gen_random_uuid())


def now(name: str) -> Column[Any]:
    """A moment that the database fills in."""
    return Column(name, Moment, nullable=False, server_default=func.now())


def part_of(table: str, *, primary_key: bool = False) -> Column[UUID]:
    """The store or camera that a row belongs to, and goes with: `part_of("stores")` is `store_id`."""
    return Column(
        f"{table.removesuffix('s')}_id",
        Uuid,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )
