"""The plain tables."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0001_tables.sql")


def downgrade() -> None:
    for table in (
        "late_ranges",
        "audit_log",
        "count_checks",
        "occupancy_resets",
        "worker_keys",
        "camera_counting_periods",
        "cameras",
        "store_invites",
        "store_members",
        "stores",
        "users",
    ):
        op.execute(f"DROP TABLE {table}")
