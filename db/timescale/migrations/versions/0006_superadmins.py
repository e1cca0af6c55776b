"""The table of superadmins, and who created a worker key."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0006_superadmins"
down_revision = "0005_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0006_superadmins.sql`."""
    execute_file("0006_superadmins.sql")


def downgrade() -> None:
    """Drop the table, the column and the index."""
    op.execute("DROP INDEX audit_log_actor_id_at_idx")
    op.execute("ALTER TABLE worker_keys DROP COLUMN created_by")
    op.execute("DROP TABLE superadmins")
