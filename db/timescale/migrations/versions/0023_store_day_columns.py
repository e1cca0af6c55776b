"""The KPIs of a store-day in columns instead of JSON."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0023_store_day_columns"
down_revision = "0022_damaged_pictures"
branch_labels = None
depends_on = None

COLUMNS = (
    "state",
    "is_complete",
    "is_known",
    "visitors",
    "exits",
    "unmatched_exits",
    "residual",
    "dwell_s",
    "person_seconds",
    "open_person_seconds",
    "open_known_s",
    "occupancy_peak",
    "occupancy_end",
    "expected_s",
    "observed_s",
    "overdue_s",
    "line_changed",
    "has_two_lines",
)


def upgrade() -> None:
    """Delete the stored days and change the columns as in `0023_store_day_columns.sql`."""
    execute_file("0023_store_day_columns.sql")


def downgrade() -> None:
    """Delete the stored days, drop the columns and add the one with JSON."""
    op.execute("DELETE FROM store_days")
    dropped = ", ".join(f"DROP COLUMN {name}" for name in COLUMNS)
    op.execute(f"ALTER TABLE store_days {dropped}, ADD COLUMN kpis jsonb NOT NULL")
