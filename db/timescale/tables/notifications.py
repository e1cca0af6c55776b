"""The tables of notifications: the channels of people, the outbox, and what was told about each incident."""

from __future__ import annotations

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, Time, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from db.timescale.tables.columns import Timestamp, id_column, metadata, now_column

notification_channels = Table(
    "notification_channels",
    metadata,
    id_column(),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("store_id", Uuid, ForeignKey("stores.id", ondelete="CASCADE")),
    Column("url", Text),
    Column("minimum_severity", Text, nullable=False),
    Column("incident_types", ARRAY(Text)),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("enabled_since", Timestamp),
    Column("disabled_reason", Text),
    now_column("created_at"),
    CheckConstraint("kind IN ('mail', 'webhook')", name="kind"),
    CheckConstraint("scope IN ('store', 'own_stores', 'installation')", name="scope"),
    CheckConstraint("(scope = 'store') = (store_id IS NOT NULL)", name="store"),
    CheckConstraint("(kind = 'webhook') = (url IS NOT NULL)", name="url"),
    CheckConstraint("minimum_severity IN ('warning', 'critical')", name="severity"),
    CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet"),
    Index(None, "user_id"),
)
"""How a person is told about incidents. A mail goes to the address of the account, a webhook to `url`.

Incidents that open from `enabled_since` on are sent; null: the channel is disabled.
"""

notifications = Table(
    "notifications",
    metadata,
    id_column(),
    Column("channel_id", Uuid, ForeignKey("notification_channels.id", ondelete="CASCADE"), nullable=False),
    Column("type", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("next_attempt_at", Timestamp),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("attempted_at", Timestamp),
    Column("outcome", Text),
    Column("delivered_at", Timestamp),
    Column("failed_at", Timestamp),
    CheckConstraint("num_nonnulls(next_attempt_at, delivered_at, failed_at) = 1", name="final"),
    Index(None, "channel_id", "created_at"),
    Index(None, "next_attempt_at", postgresql_where=text("next_attempt_at IS NOT NULL")),
)
"""The outbox. `id` is the delivery id, which every attempt sends.

`next_attempt_at` is null once the outcome is final: `delivered_at` or `failed_at`.
"""

notification_incidents = Table(
    "notification_incidents",
    metadata,
    Column(
        "channel_id", Uuid, ForeignKey("notification_channels.id", ondelete="CASCADE"), primary_key=True, nullable=False
    ),
    Column("incident_id", Uuid, ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("event", Text, primary_key=True, nullable=False),
    Column("found_at", Timestamp, nullable=False),
    Column("notification_id", Uuid, ForeignKey("notifications.id", ondelete="SET NULL")),
    Column("told_at", Timestamp),
    CheckConstraint("event IN ('opened', 'closed')", name="event"),
    Index(None, "notification_id"),
    Index(None, "incident_id"),
)
"""That an incident opened or closed, for each channel that is told. `told_at` is null while it waits."""
