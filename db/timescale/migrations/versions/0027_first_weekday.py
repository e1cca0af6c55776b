"""The first day of the week of a store."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0027_first_weekday"
down_revision = "0026_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0027_first_weekday.sql`."""
    execute_file("0027_first_weekday.sql")


def downgrade() -> None:
    """Drop the column with its rights."""
    op.execute("ALTER TABLE stores DROP COLUMN first_weekday")
