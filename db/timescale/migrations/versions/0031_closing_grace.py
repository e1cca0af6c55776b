"""How long people may still leave after the store has closed."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file, read_statements

revision = "0031_closing_grace"
down_revision = "0030_packed_store_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0031_closing_grace.sql`."""
    execute_file("0031_closing_grace.sql")


def downgrade() -> None:
    """Restore the function and the trigger of `0011_store_settings.sql`, and drop the columns with their rights."""
    op.execute("DROP TRIGGER update_store_settings ON stores")
    for statement in read_statements("0011_store_settings.sql"):
        if statement.startswith("CREATE FUNCTION update_store_settings"):
            op.execute(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
        elif statement.startswith("CREATE TRIGGER update_store_settings"):
            op.execute(statement)
    op.execute("ALTER TABLE store_settings DROP COLUMN closing_grace_minutes")
    op.execute("ALTER TABLE stores DROP COLUMN closing_grace_minutes")
