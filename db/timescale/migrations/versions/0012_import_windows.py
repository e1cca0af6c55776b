"""The table of import windows."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0012_import_windows"
down_revision = "0011_store_settings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0012_import_windows.sql`."""
    execute_file("0012_import_windows.sql")


def downgrade() -> None:
    """Drop the table. The imported data stays."""
    op.execute("DROP TABLE import_windows")
