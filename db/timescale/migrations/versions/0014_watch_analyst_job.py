"""The status of the job that ends the long statements of analysts."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file, read_statements

revision = "0014_watch_analyst_job"
down_revision = "0013_analysts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the function of `0010_job_status.sql`."""
    execute_file("0014_watch_analyst_job.sql")


def downgrade() -> None:
    """Restore the function of `0010_job_status.sql`."""
    (before,) = [
        statement for statement in read_statements("0010_job_status.sql") if statement.startswith("CREATE FUNCTION")
    ]
    op.get_bind().exec_driver_sql(before.replace("CREATE", "CREATE OR REPLACE", 1).replace("%", "%%"))
