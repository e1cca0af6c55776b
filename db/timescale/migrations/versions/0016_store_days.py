"""The KPIs of store-days that are over, and the versions of the data that they rest on."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0016_store_days"
down_revision = "0015_time_zones"
branch_labels = None
depends_on = None

TRIGGERS = {
    "late_ranges": ("note_new_late_data", "note_more_late_data", "note_refreshed_late_data"),
    "occupancy_resets": ("note_occupancy_reset",),
    "camera_counting_periods": ("note_counting_period",),
    "cameras": ("note_undelivered_data",),
    "camera_line_minutes": ("note_line_change",),
    "store_settings": ("note_store_settings",),
}
FUNCTIONS = (
    "note_late_data()",
    "note_occupancy_reset()",
    "note_counting_period()",
    "note_undelivered_data()",
    "note_line_change()",
    "note_store_settings()",
    "note_store_change(uuid, timestamptz, timestamptz)",
)


def upgrade() -> None:
    """Create the objects of `0016_store_days.sql`."""
    execute_file("0016_store_days.sql")


def downgrade() -> None:
    """Drop the triggers, the functions and both tables."""
    for table, triggers in TRIGGERS.items():
        for trigger in triggers:
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP TABLE store_days, store_data_versions")
