"""The views of the analysts."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0004_analytics"
down_revision = "0003_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0004_analytics.sql`."""
    execute_file("0004_analytics.sql")


def downgrade() -> None:
    """Drop the schema with its views."""
    op.execute("DROP SCHEMA analytics CASCADE")
