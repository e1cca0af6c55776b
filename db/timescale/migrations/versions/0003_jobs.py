"""The refresh job and the policies."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0003_jobs"
down_revision = "0002_hypertables_and_aggregates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0003_jobs.sql`."""
    execute_file("0003_jobs.sql")


def downgrade() -> None:
    """Remove the policies and the job."""
    for hypertable in ("camera_minutes", "events"):
        op.execute(f"SELECT remove_retention_policy('{hypertable}')")
        op.execute(f"CALL remove_columnstore_policy('{hypertable}')")
    op.execute("SELECT delete_job(job_id) FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates'")
    op.execute("DROP PROCEDURE refresh_aggregates(integer, jsonb)")
