"""The table of incidents."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from db.timescale.tables.columns import Timestamp, id_column, metadata

incidents = Table(
    "incidents",
    metadata,
    id_column(),
    Column("type", Text, nullable=False),
    Column("store_id", Uuid, ForeignKey("stores.id", ondelete="CASCADE")),
    Column("camera_id", Uuid, ForeignKey("cameras.id", ondelete="CASCADE")),
    Column("object_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("started_at", Timestamp, nullable=False),
    Column("found_at", Timestamp, nullable=False),
    Column("opened_at", Timestamp),
    Column("absent_since", Timestamp),
    Column("ended_at", Timestamp),
    Column("closed_at", Timestamp),
    Column("closed_by", Uuid),
    Column("acknowledged_at", Timestamp),
    Column("acknowledged_by", Uuid),
    Column("muted_until", Timestamp),
    Column("facts", JSONB, nullable=False, server_default=text("'{}'")),
    CheckConstraint("ended_at IS NULL OR closed_at IS NOT NULL", name="ended"),
    Index(None, "type", "object_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    Index(None, "store_id", "opened_at"),
)
"""A fault of a camera, a worker key or a job of the database.

`object_id` is the id of the camera, the worker key or the job; `store_id` and `camera_id` are null where there is none.
`opened_at` is null while the fault has not lasted long enough to be an incident. The fault was gone at `ended_at`. A
person may set `closed_at` before: the incident is not opened again while the same fault lasts. `facts` are the numbers
of `detail`.
"""
