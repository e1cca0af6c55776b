"""The admin API reads since when a camera has its line, and what cameras have observed."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0036_admin_pages"
down_revision = "0035_words_in_languages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Grant what `0036_admin_pages.sql` says."""
    execute_file("0036_admin_pages.sql")


def downgrade() -> None:
    """Revoke it."""
    op.execute("REVOKE SELECT ON coverage_15m FROM metrica_admin")
    op.execute("REVOKE SELECT (valid_from) ON camera_lines FROM metrica_admin")
