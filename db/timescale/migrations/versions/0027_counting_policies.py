"""The counting policy of a camera."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0027_counting_policies"
down_revision = "0026_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of `0027_counting_policies.sql` to `cameras`."""
    execute_file("0027_counting_policies.sql")


def downgrade() -> None:
    """Forget the policies. Edge workers use their local ones again."""
    op.drop_column("cameras", "ignore_children")
    op.drop_column("cameras", "min_stay_s")
