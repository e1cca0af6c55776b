"""Cameras report a picture that is damaged by lost packets."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0022_damaged_pictures"
down_revision = "0021_incidents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Allow `damaged` in `cameras.picture`, as in `0022_damaged_pictures.sql`."""
    execute_file("0022_damaged_pictures.sql")


def downgrade() -> None:
    """Forget which pictures are damaged, and allow the values of before."""
    op.execute("UPDATE cameras SET picture = NULL WHERE picture = 'damaged'")
    op.execute("ALTER TABLE cameras DROP CONSTRAINT cameras_picture_check")
    op.execute(
        "ALTER TABLE cameras ADD CONSTRAINT cameras_picture_check "
        "CHECK (picture IN ('ok', 'frozen', 'covered', 'moved', 'people_not_seen'))"
    )
