"""Reports by mail."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0025_reports"
down_revision = "0024_notifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0025_reports.sql`."""
    execute_file("0025_reports.sql")


def downgrade() -> None:
    """Delete the reports in the outbox, and drop the column and the table with their rights."""
    op.execute("DELETE FROM notifications WHERE channel_id IS NULL")
    op.execute("ALTER TABLE notifications DROP COLUMN subscription_id, ALTER COLUMN channel_id SET NOT NULL")
    op.execute("DROP TABLE report_subscriptions")
