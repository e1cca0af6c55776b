"""Stores: who may see them, how many were inside, and what changed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Time,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.timescale.tables.columns import Moment, metadata, new_id, now, part_of

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False),
    now("created_at"),
    Column("last_seen_at", Moment),
)
"""Somebody who has signed in; `id` is the subject of the Supabase JWT."""

stores = Table(
    "stores",
    metadata,
    new_id(),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("day_start", Time, nullable=False, server_default=text("'00:00'")),
    Column("opening_hours", JSONB),
    Column("capacity", Integer),
    now("created_at"),
    Column("archived_at", Moment),
    CheckConstraint("capacity > 0", name="capacity"),
    CheckConstraint("extract(epoch FROM day_start)::integer % 900 = 0", name="day_start"),
)
"""`opening_hours`: `{"mon": [["09:00", "20:00"]], …}`; null = always open. `day_start`: when its store-day begins."""

store_members = Table(
    "store_members",
    metadata,
    part_of("stores", primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, nullable=False, server_default="owner"),
    Column("added_by", Uuid),
    now("added_at"),
    CheckConstraint("role = 'owner'", name="role"),
    Index(None, "user_id"),
)
"""Who may see a store."""

store_invites = Table(
    "store_invites",
    metadata,
    new_id(),
    part_of("stores"),
    Column("email", Text, nullable=False),
    Column("invited_by", Uuid),
    now("created_at"),
    Column("expires_at", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("revoked_at", Moment),
    CheckConstraint("email = lower(email)", name="email"),
    Index(None, "store_id"),
    Index(None, "email"),
)
"""An invitation by mail; `email` in lower case."""

occupancy_resets = Table(
    "occupancy_resets",
    metadata,
    new_id(),
    part_of("stores"),
    Column("at", Moment, nullable=False),
    Column("occupancy", Integer, nullable=False),
    Column("user_id", Uuid),
    now("created_at"),
    CheckConstraint("occupancy >= 0", name="occupancy"),
    Index(None, "store_id", "at"),
)
"""The owner said how many were inside at a moment."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    now("at"),
    Column("actor_id", Uuid),
    Column("actor_email", Text),
    Column("action", Text, nullable=False),
    Column("subject_type", Text, nullable=False),
    Column("subject_id", Text),
    Column("store_id", Uuid),
    Column("before", JSONB),
    Column("after", JSONB),
    Index(None, "at"),
    Index(None, "store_id", "at"),
)
"""Who changed what; never changed itself (a trigger refuses)."""

analyst_grants = Table(
    "analyst_grants",
    metadata,
    Column("role_name", Text, primary_key=True),
    part_of("stores", primary_key=True),
    now("granted_at"),
)
"""Which stores an analyst's SQL role sees."""
