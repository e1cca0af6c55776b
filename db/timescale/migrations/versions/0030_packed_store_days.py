"""The columns of a stored store-day as one value."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0030_packed_store_days"
down_revision = "0029_first_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column of `0030_packed_store_days.sql`. It is computed for the rows that are there."""
    execute_file("0030_packed_store_days.sql")


def downgrade() -> None:
    """Drop the column."""
    op.execute("ALTER TABLE store_days DROP COLUMN packed")
