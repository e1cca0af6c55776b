"""Counting periods follow the cameras; the audit log is final."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0002_counting_periods.sql")


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_log_is_final ON audit_log")
    op.execute("DROP FUNCTION audit_log_is_final()")
    op.execute("DROP TRIGGER cameras_keep_counting_periods ON cameras")
    op.execute("DROP FUNCTION cameras_keep_counting_periods()")
