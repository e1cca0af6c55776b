"""Refresh, columnstore and retention policies."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import run

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("0005_policies.sql")


def downgrade() -> None:
    for table in ("camera_minutes", "events"):
        op.execute(f"SELECT remove_retention_policy('{table}')")
        op.execute(f"CALL remove_columnstore_policy('{table}')")
        op.execute(f"SELECT decompress_chunk(chunk, true) FROM show_chunks('{table}') chunk")  # noqa: S608
        op.execute(f"ALTER TABLE {table} SET (timescaledb.enable_columnstore = false)")
    for aggregate in ("coverage_15m", "footfall_hourly", "footfall_15m"):
        op.execute(f"SELECT remove_continuous_aggregate_policy('{aggregate}')")
