"""The coverage of hours in which a camera began or stopped to count."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import FOLDER, run, statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0008_hourly_coverage.sql")


def downgrade() -> None:
    for statement in statements((FOLDER / "0006_analytics.sql").read_text()):
        if statement.startswith("CREATE VIEW analytics.hourly_footfall"):
            op.execute(statement.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
