"""The role, grants and views of analysts."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0006_analytics.sql")


def downgrade() -> None:
    op.execute("DROP SCHEMA analytics CASCADE")
    op.execute("DROP TABLE analyst_grants")
    database = op.get_bind().exec_driver_sql("SELECT quote_ident(current_database())").scalar()
    op.execute(f"GRANT TEMPORARY ON DATABASE {database} TO PUBLIC")
    # The role stays: it belongs to the whole server, and analysts of its other databases may be members.
