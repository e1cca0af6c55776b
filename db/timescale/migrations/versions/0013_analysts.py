"""The table of analysts, and the job that ends their long statements."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0013_analysts"
down_revision = "0012_import_windows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0013_analysts.sql`."""
    execute_file("0013_analysts.sql")


def downgrade() -> None:
    """Remove the job and the table. The roles of analysts and their grants stay."""
    op.execute(
        "SELECT delete_job(job_id) FROM timescaledb_information.jobs WHERE proc_name = 'end_long_analyst_statements'"
    )
    op.execute("DROP PROCEDURE end_long_analyst_statements(integer, jsonb)")
    op.execute("ALTER TABLE analyst_grants DROP CONSTRAINT analyst_grants_role_name_fkey")
    op.execute("DROP TABLE analysts")
