"""The work of the policies is due once there is the chunk."""

from __future__ import annotations

from db.timescale.migrations.sql import execute_file

revision = "0033_job_status_of_new_chunks"
down_revision = "0032_wall_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the function of `0014_watch_analyst_job.sql`."""
    execute_file("0033_job_status_of_new_chunks.sql")


def downgrade() -> None:
    """Restore the function of `0014_watch_analyst_job.sql`."""
    execute_file("0014_watch_analyst_job.sql")
