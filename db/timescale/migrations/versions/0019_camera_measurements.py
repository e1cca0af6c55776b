"""Measurements of edge workers, track ends near the line, and the stored crossings of each worker instance."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0019_camera_measurements"
down_revision = "0018_snapshots_on_request"
branch_labels = None
depends_on = None

COLUMNS = (
    "picture",
    "track_fragmentation",
    "fps_wanted",
    "fps_reached",
    "decode_ms",
    "inference_ms",
    "device",
    "clock_offset_s",
    "person_height",
)


def upgrade() -> None:
    """Add the columns and tables of `0019_camera_measurements.sql`. They are empty until the next heartbeat."""
    execute_file("0019_camera_measurements.sql")


def downgrade() -> None:
    """Drop the tables and columns, and with them their grants."""
    op.drop_table("camera_track_ends")
    op.drop_table("worker_instances")
    for column in COLUMNS:
        op.drop_column("cameras", column)
