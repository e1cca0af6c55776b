"""The continuous aggregates."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0004_aggregates.sql")


def downgrade() -> None:
    op.execute("DROP MATERIALIZED VIEW coverage_15m")
    op.execute("DROP MATERIALIZED VIEW footfall_hourly")
    op.execute("DROP MATERIALIZED VIEW footfall_15m")
