"""A superadmin accepts the present view of a camera."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0025_accepted_views"
down_revision = "0024_notifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add `cameras.view_accepted_at` as in `0025_accepted_views.sql`."""
    execute_file("0025_accepted_views.sql")


def downgrade() -> None:
    """Forget which views were accepted."""
    op.drop_column("cameras", "view_accepted_at")
