"""A store-day begins at a quarter-hour."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0011_day_start.sql")


def downgrade() -> None:
    op.execute("ALTER TABLE stores DROP CONSTRAINT stores_day_start_check")
