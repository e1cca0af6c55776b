"""A group role for each Lambda with the rights that it needs."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0007_roles.sql")


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_log_is_not_emptied ON audit_log")
    op.execute("ALTER FUNCTION cameras_keep_counting_periods() SET search_path = public, pg_catalog")
    op.execute("ALTER FUNCTION cameras_keep_counting_periods() SECURITY INVOKER")
    roles = "metrica_ingest, metrica_api, metrica_admin"
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {roles}")  # of single columns, too
    op.execute(f"REVOKE ALL ON SCHEMA public FROM {roles}")
    # The roles stay: they belong to the whole server, and logins of its other databases may be members.
