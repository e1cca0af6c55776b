"""A count check has parts, and says whether all crossings of its window had arrived."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0037_count_check_parts"
down_revision = "0036_admin_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of `0037_count_check_parts.sql`."""
    execute_file("0037_count_check_parts.sql")


def downgrade() -> None:
    """Drop them."""
    op.execute("ALTER TABLE count_checks DROP COLUMN parts, DROP COLUMN complete")
