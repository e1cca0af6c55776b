"""The versions of the counting line of each camera, and the version that each camera counted with."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0008_camera_lines"
down_revision = "0007_refresh_lock"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0008_camera_lines.sql`."""
    execute_file("0008_camera_lines.sql")


def downgrade() -> None:
    """Drop the triggers, the tables and the column."""
    op.execute("DROP TRIGGER insert_camera_line ON cameras")
    op.execute("DROP FUNCTION insert_camera_line")
    op.execute("DROP TRIGGER set_line_version ON cameras")
    op.execute("DROP FUNCTION set_line_version")
    op.execute("DROP TABLE camera_line_minutes")
    op.execute("DROP TABLE camera_lines")
    op.execute("ALTER TABLE cameras DROP COLUMN line_version")
