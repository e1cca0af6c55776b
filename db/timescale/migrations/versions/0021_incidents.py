"""Incidents."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0021_incidents"
down_revision = "0020_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0021_incidents.sql`."""
    execute_file("0021_incidents.sql")


def downgrade() -> None:
    """Drop the table and revoke the rights. The role stays: it belongs to the whole server."""
    op.execute("DROP TABLE incidents")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM metrica_incidents")  # also revokes the grants of columns
    op.execute("REVOKE EXECUTE ON FUNCTION job_status() FROM metrica_incidents")
    op.execute("REVOKE ALL ON SCHEMA public FROM metrica_incidents")
