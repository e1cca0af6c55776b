"""The tables of the calendar of a store: public holidays and special days."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from db.timescale.tables.columns import metadata, now_column, parent_column

public_holidays = Table(
    "public_holidays",
    metadata,
    parent_column("stores", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("names", JSONB),
)
"""A public holiday of the country and region of a store.

`name` is in the main language of the country; `names` has it by language, and is null until it is looked up.

`is_closed`: the store is closed, unless a special day has opening hours. Days before today stay as they are
when the settings of the store change.
"""

special_days = Table(
    "special_days",
    metadata,
    parent_column("stores", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("opening_hours", JSONB),
    Column("note", Text),
    Column("changed_by", Uuid),
    now_column("changed_at"),
    CheckConstraint("opening_hours IS NOT NULL OR note IS NOT NULL", name="content"),
)
"""A day on which a store is closed, has other opening hours, or has a note such as "sale".

`opening_hours` is `[["10:00", "14:00"], …]`, `[]` if the store is closed, or null if the day has its usual hours.
"""
