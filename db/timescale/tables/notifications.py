"""The tables of notifications: the channels and report subscriptions of people, the outbox, what was told."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.timescale.tables.columns import Timestamp, id_column, metadata, now_column, parent_column

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

report_subscriptions = Table(
    "report_subscriptions",
    metadata,
    id_column(),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    parent_column("stores"),
    Column("period", Text, nullable=False),
    Column("unsubscribe_sha256", LargeBinary, nullable=False, unique=True),
    Column("reported_until", Date, nullable=False),
    now_column("created_at"),
    CheckConstraint("period IN ('day', 'week', 'month')", name="period"),
    UniqueConstraint("user_id", "store_id", "period"),
    Index(None, "store_id"),
)
"""A report of a store that a person gets by mail. `reported_until` is the last store-day of the last one."""

notifications = Table(
    "notifications",
    metadata,
    id_column(),
    Column("channel_id", Uuid, ForeignKey("notification_channels.id", ondelete="CASCADE")),
    Column("type", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("next_attempt_at", Timestamp),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("attempted_at", Timestamp),
    Column("outcome", Text),
    Column("delivered_at", Timestamp),
    Column("failed_at", Timestamp),
    Column("subscription_id", Uuid, ForeignKey("report_subscriptions.id", ondelete="CASCADE")),
    CheckConstraint("num_nonnulls(channel_id, subscription_id) = 1", name="recipient"),
    Index(None, "subscription_id"),
    CheckConstraint("num_nonnulls(next_attempt_at, delivered_at, failed_at) = 1", name="final"),
    Index(None, "channel_id", "created_at"),
    Index(None, "next_attempt_at", postgresql_where=text("next_attempt_at IS NOT NULL")),
)
"""The outbox, for a channel or for a subscription. `id` is the delivery id, which every attempt sends.

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
