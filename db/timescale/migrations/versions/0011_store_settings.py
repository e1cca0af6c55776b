"""The history of the settings of stores, and the view of the analysts that reads it."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import FOLDER, execute_file, split_statements

revision = "0011_store_settings"
down_revision = "0010_job_status"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0011_store_settings.sql`. The settings of each store are those of its whole past."""
    execute_file("0011_store_settings.sql")


def downgrade() -> None:
    """Drop the history, and create the view again as it was."""
    op.execute("DROP TRIGGER update_store_settings ON stores")
    op.execute("DROP FUNCTION update_store_settings()")
    op.execute("DROP FUNCTION store_day_at(uuid, timestamptz)")
    op.execute("DROP FUNCTION first_time_at(timestamp, text)")
    for statement in split_statements((FOLDER / "0004_analytics.sql").read_text()):
        if statement.startswith("CREATE VIEW analytics.hourly_footfall"):
            op.execute(statement.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
    op.execute("DROP TABLE store_settings")
