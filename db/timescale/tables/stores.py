"""Stores: who may see them, how many were inside, and what changed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.timescale.tables.row import Row, new_id, now


class User(Row):
    """Somebody who has signed in; `id` is the subject of the Supabase JWT."""

    __tablename__ = "users"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    created_at: Mapped[datetime] = now()
    last_seen_at: Mapped[datetime | None]


class Store(Row):
    """A store.

    `opening_hours`: `{"mon": [["09:00", "20:00"]], …}`; null = always open. `day_start`: when its store-day begins.
    """

    __tablename__ = "stores"
    __table_args__ = (CheckConstraint("capacity > 0", name="capacity"),)
    id: Mapped[UUID] = new_id()
    name: Mapped[str]
    timezone: Mapped[str]
    day_start: Mapped[time] = mapped_column(server_default=text("'00:00'"))
    opening_hours: Mapped[dict[str, Any] | None]
    capacity: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = now()
    archived_at: Mapped[datetime | None]


class StoreMember(Row):
    """Who may see a store."""

    __tablename__ = "store_members"
    __table_args__ = (
        CheckConstraint("role = 'owner'", name="role"),
        Index(None, "user_id"),
    )
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(server_default="owner")
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = now()


class StoreInvite(Row):
    """An invitation by mail; `email` in lower case."""

    __tablename__ = "store_invites"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email"),
        Index(None, "store_id"),
        Index(None, "email"),
    )
    id: Mapped[UUID] = new_id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    email: Mapped[str]
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = now()
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class OccupancyReset(Row):
    """The owner said how many were inside at a moment."""

    __tablename__ = "occupancy_resets"
    __table_args__ = (CheckConstraint("occupancy >= 0", name="occupancy"), Index(None, "store_id", "at"))
    id: Mapped[UUID] = new_id()
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    occupancy: Mapped[int] = mapped_column(Integer)
    user_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = now()


class AuditEntry(Row):
    """Who changed what; never changed itself (a trigger refuses)."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "at"), Index(None, "store_id", "at"))
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = now()
    actor_id: Mapped[UUID | None]
    actor_email: Mapped[str | None]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str | None]
    store_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class AnalystGrant(Row):
    """Which stores an analyst's SQL role sees."""

    __tablename__ = "analyst_grants"
    role_name: Mapped[str] = mapped_column(primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True)
    granted_at: Mapped[datetime] = now()
