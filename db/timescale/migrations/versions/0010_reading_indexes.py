"""Indexes that hold all that is read of an aggregate."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0010_reading_indexes.sql")


def downgrade() -> None:
    # They belong to the hypertables behind the aggregates.
    op.execute("DROP INDEX _timescaledb_internal.footfall_15m_reading_idx")
    op.execute("DROP INDEX _timescaledb_internal.coverage_15m_reading_idx")
