"""Idempotency keys of requests that create something."""

from __future__ import annotations

from alembic import op

from db.timescale.migrations.sql import execute_file

revision = "0034_idempotency_keys"
down_revision = "0033_job_status_of_new_chunks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0034_idempotency_keys.sql`."""
    execute_file("0034_idempotency_keys.sql")


def downgrade() -> None:
    """Drop the table with its rights. Repeated requests create again."""
    op.execute("DROP TABLE idempotency_keys")
