"""Reports by mail."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0026_reports"
down_revision = "0025_accepted_views"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0026_reports.sql`."""
    execute_file("0026_reports.sql")


def downgrade() -> None:
    """Delete the reports in the outbox, and drop the column and the table with their rights."""
    op.execute("DELETE FROM notifications WHERE channel_id IS NULL")
    op.execute("ALTER TABLE notifications DROP COLUMN subscription_id, ALTER COLUMN channel_id SET NOT NULL")
    op.execute("DROP TABLE report_subscriptions")
