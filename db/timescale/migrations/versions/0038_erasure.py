"""The owner of the tables may replace an address in the audit log while somebody is erased."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file, read_statements

revision = "0038_erasure"
down_revision = "0037_count_check_parts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the function that rejects changes by that of `0038_erasure.sql`."""
    execute_file("0038_erasure.sql")


def downgrade() -> None:
    """Replace it by the one of `0001_tables.sql`."""
    [function] = [
        statement
        for statement in read_statements("0001_tables.sql")
        if statement.lstrip().startswith("CREATE FUNCTION reject_audit_log_change()")
    ]
    op.get_bind().exec_driver_sql(function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
