"""Links to the wall view of a store."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0032_wall_links"
down_revision = "0031_closing_grace"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0032_wall_links.sql`."""
    execute_file("0032_wall_links.sql")


def downgrade() -> None:
    """Drop the table with its rights. The links stop working."""
    op.execute("DROP TABLE wall_links")
