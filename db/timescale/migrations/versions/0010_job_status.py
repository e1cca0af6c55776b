"""The status of the jobs for the maintenance Lambda, and an earlier retry of the columnstore policies."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0010_job_status"
down_revision = "0009_late_ranges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0010_job_status.sql`."""
    execute_file("0010_job_status.sql")


def downgrade() -> None:
    """Drop the function, and restore the default of TimescaleDB for the retry."""
    op.execute("DROP FUNCTION job_status()")
    op.execute("REVOKE SELECT (refreshed_until) ON aggregate_refresh FROM metrica_maintenance")
    op.execute(
        "SELECT alter_job(job_id, retry_period => interval '1 hour')"
        " FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression'"
    )
