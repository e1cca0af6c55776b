"""The hypertables events and camera_minutes."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0003_hypertables.sql")


def downgrade() -> None:
    op.execute("DROP TABLE camera_minutes")
    op.execute("DROP TABLE events")
