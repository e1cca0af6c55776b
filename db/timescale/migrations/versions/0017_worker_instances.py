"""Worker instances of cameras, and crossings that the backend refused or the edge box lost."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0017_worker_instances"
down_revision = "0016_store_days"
branch_labels = None
depends_on = None

COLUMNS = (
    "refused",
    "lost",
    "set_aside",
    "instance_id",
    "instance_seen_at",
    "rejected_instance_id",
    "rejected_instance_at",
)


def upgrade() -> None:
    """Add the columns of `0017_worker_instances.sql`. They are null until the next heartbeat."""
    execute_file("0017_worker_instances.sql")


def downgrade() -> None:
    """Drop the columns, and with them their grants."""
    for column in COLUMNS:
        op.drop_column("cameras", column)
