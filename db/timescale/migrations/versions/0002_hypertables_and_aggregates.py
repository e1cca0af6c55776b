"""The hypertables and the continuous aggregates."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0002_hypertables_and_aggregates"
down_revision = "0001_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0002_hypertables_and_aggregates.sql`."""
    execute_file("0002_hypertables_and_aggregates.sql")


def downgrade() -> None:
    """Drop the aggregates and the hypertables with their data."""
    for aggregate in ("coverage_hourly", "coverage_15m", "footfall_hourly", "footfall_15m"):
        op.execute(f"DROP MATERIALIZED VIEW {aggregate}")
    for hypertable in ("camera_minutes", "events"):
        op.execute(f"DROP TABLE {hypertable}")
