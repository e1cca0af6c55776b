"""The plain tables and their triggers."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0001_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0001_tables.sql`."""
    execute_file("0001_tables.sql")


def downgrade() -> None:
    """Drop the tables and their functions."""
    for table in (
        "analyst_grants",
        "aggregate_refresh",
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
    op.execute("DROP FUNCTION update_counting_periods()")
    op.execute("DROP FUNCTION reject_audit_log_change()")
