"""One job refreshes the aggregates and strikes off the notes of late data."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import FOLDER, run, statements

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0009_one_refresher.sql")


def downgrade() -> None:
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM metrica_maintenance")  # of single columns, too
    op.execute("REVOKE ALL ON SCHEMA public FROM metrica_maintenance")
    # The role stays: it belongs to the whole server, and logins of its other databases may be members.
    op.execute("SELECT delete_job(job_id) FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates'")
    op.execute("DROP PROCEDURE refresh_aggregates(integer, jsonb)")
    op.execute("DROP TABLE aggregate_refresh")
    for statement in statements((FOLDER / "0005_policies.sql").read_text()):
        if "add_continuous_aggregate_policy" in statement:
            op.execute(statement)
