"""The group roles and their rights."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0005_roles"
down_revision = "0004_analytics"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0005_roles.sql`."""
    execute_file("0005_roles.sql")


def downgrade() -> None:
    """Revoke the rights. The roles stay: they belong to the whole server, and other databases may use them."""
    lambdas = "metrica_ingest, metrica_api, metrica_admin, metrica_maintenance"
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {lambdas}")  # also revokes the grants of columns
    op.execute(f"REVOKE ALL ON SCHEMA public FROM {lambdas}")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA analytics FROM metrica_analyst")
    op.execute("REVOKE ALL ON SCHEMA analytics FROM metrica_analyst")
    database = op.get_bind().exec_driver_sql("SELECT quote_ident(current_database())").scalar()
    op.execute(f"GRANT TEMPORARY ON DATABASE {database} TO PUBLIC")
