"""The first day of the week of a store."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0028_first_weekday"
down_revision = "0027_counting_policies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0028_first_weekday.sql`."""
    execute_file("0028_first_weekday.sql")


def downgrade() -> None:
    """Drop the column with its rights."""
    op.execute("ALTER TABLE stores DROP COLUMN first_weekday")
