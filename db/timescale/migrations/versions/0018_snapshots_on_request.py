"""New cameras send snapshots on request only."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0018_snapshots_on_request"
down_revision = "0017_worker_instances"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the default of `cameras.snapshot_interval_s`. Existing cameras keep their interval."""
    execute_file("0018_snapshots_on_request.sql")


def downgrade() -> None:
    """Restore the default of an hour."""
    op.alter_column("cameras", "snapshot_interval_s", server_default="3600")
