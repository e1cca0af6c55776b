"""Notifications."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0024_notifications"
down_revision = "0023_store_day_columns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0024_notifications.sql`."""
    execute_file("0024_notifications.sql")


def downgrade() -> None:
    """Drop the tables and revoke the rights. The role stays: it belongs to the whole server."""
    op.execute("DROP TABLE notification_incidents, notifications, notification_channels")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM metrica_notifications")  # also the grants of columns
    op.execute("REVOKE ALL ON SCHEMA public FROM metrica_notifications")
