"""Late ranges by hour, and the bounded refresh job."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file, read_statements

revision = "0009_late_ranges"
down_revision = "0008_camera_lines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0009_late_ranges.sql`."""
    execute_file("0009_late_ranges.sql")


def downgrade() -> None:
    """Restore the table and the job of the revision before. The late ranges stay, one row for each hour."""
    op.execute("ALTER TABLE late_ranges DROP CONSTRAINT late_ranges_pkey")
    op.execute("ALTER TABLE late_ranges DROP CONSTRAINT late_ranges_within_hour_check")
    op.execute("ALTER TABLE late_ranges DROP COLUMN hour, DROP COLUMN version")
    op.execute("ALTER TABLE late_ranges ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
    op.execute("ALTER TABLE late_ranges ADD CONSTRAINT late_ranges_order_check CHECK (first_ts <= last_ts)")
    op.execute("CREATE INDEX late_ranges_store_id_idx ON late_ranges (store_id)")
    op.execute(
        "REVOKE SELECT (store_id, first_ts, last_ts), UPDATE (first_ts, last_ts) ON late_ranges FROM metrica_ingest"
    )
    op.execute("ALTER TABLE aggregate_refresh DROP COLUMN refreshed_until, DROP COLUMN recheck_from")
    config = '{"start_offset": "31 days", "end_offset": "35 minutes"}'
    op.execute(
        f"SELECT alter_job(job_id, config => '{config}')"  # noqa: S608 - a constant
        " FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates'"
    )
    (before,) = [
        statement
        for statement in read_statements("0007_refresh_lock.sql")
        if "PROCEDURE refresh_aggregates" in statement
    ]
    op.get_bind().exec_driver_sql(before.replace("%", "%%"))
