"""What every table shares: names of constraints, types of columns, ids and moments."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Text, Time, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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


class Row(DeclarativeBase):
    """A row of one of Metrica's tables."""

    metadata = metadata
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: Moment,
        UUID: Uuid,
        dict[str, Any]: JSONB,
        time: Time,
    }


def new_id() -> Mapped[UUID]:
    return mapped_column(primary_key=True, server_default=func.gen_random_uuid())


def now() -> Mapped[datetime]:
    return mapped_column(server_default=func.now())
