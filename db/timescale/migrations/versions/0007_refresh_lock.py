"""A lock of the refresh that a failed run does not leave behind."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file, read_statements

revision = "0007_refresh_lock"
down_revision = "0006_superadmins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0007_refresh_lock.sql`."""
    execute_file("0007_refresh_lock.sql")


def downgrade() -> None:
    """Restore the procedure of `0003_jobs.sql`."""
    (before,) = [
        statement for statement in read_statements("0003_jobs.sql") if statement.startswith("CREATE PROCEDURE")
    ]
    op.get_bind().exec_driver_sql(before.replace("CREATE", "CREATE OR REPLACE", 1).replace("%", "%%"))
    op.execute("DROP FUNCTION acquire_refresh_lock(interval), release_refresh_lock()")
