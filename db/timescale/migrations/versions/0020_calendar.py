"""The calendar of a store: public holidays and special days."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0020_calendar"
down_revision = "0019_camera_measurements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0020_calendar.sql`."""
    execute_file("0020_calendar.sql")


def downgrade() -> None:
    """Drop both tables, the trigger function and the columns of `stores`."""
    op.execute("DROP TABLE special_days, public_holidays")
    op.execute("DROP FUNCTION note_special_hours()")
    op.execute("ALTER TABLE stores DROP COLUMN region, DROP COLUMN country, DROP COLUMN closed_on_holidays")
