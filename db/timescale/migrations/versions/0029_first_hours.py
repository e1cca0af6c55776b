"""The first hours of store-days in progress."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0029_first_hours"
down_revision = "0028_first_weekday"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0029_first_hours.sql`."""
    execute_file("0029_first_hours.sql")


def downgrade() -> None:
    """Drop the table with its rights. The API computes the hours again."""
    op.execute("DROP TABLE store_first_hours")
