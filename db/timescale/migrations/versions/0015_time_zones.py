"""Canonical names of time zones, and a view that an unknown one does not break."""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import text

from db.timescale.migrations.sql import execute_file, read_statements
from db.timescale.time_zones import canonical_time_zone, is_time_zone

revision = "0015_time_zones"
down_revision = "0014_watch_analyst_job"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the objects of `0015_time_zones.sql`, and replace the names of stored time zones by canonical ones.

    A name that is no IANA time zone (`localtime`) becomes UTC. The audit log says what was replaced.
    """
    execute_file("0015_time_zones.sql")
    connection = op.get_bind()
    stored = connection.execute(text("SELECT timezone FROM stores UNION SELECT timezone FROM store_settings")).scalars()
    renamed = {name: canonical for name in stored if (canonical := _canonical(name)) != name}
    if not renamed:
        return
    # The other name of the same time zone is no change of settings.
    connection.execute(text("ALTER TABLE stores DISABLE TRIGGER update_store_settings"))
    for name, canonical in renamed.items():
        _rename(connection, name, canonical)
    connection.execute(text("ALTER TABLE stores ENABLE TRIGGER update_store_settings"))


def downgrade() -> None:
    """Restore the view of `0011_store_settings.sql`. The names stay canonical."""
    (before,) = [
        statement
        for statement in read_statements("0011_store_settings.sql")
        if statement.startswith("CREATE OR REPLACE VIEW analytics.hourly_footfall")
    ]
    op.get_bind().exec_driver_sql(before.replace("%", "%%"))
    op.execute("DROP FUNCTION time_zone_offsets(timestamptz, timestamptz, interval)")
    op.execute("DROP FUNCTION usable_time_zone(text)")


def _canonical(name: str) -> str:
    return canonical_time_zone(name) or (name if is_time_zone(name) else "UTC")


def _rename(connection: Any, name: str, canonical: str) -> None:
    values = {"name": name, "canonical": canonical}
    connection.execute(text("UPDATE store_settings SET timezone = :canonical WHERE timezone = :name"), values)
    connection.execute(
        text(
            """
            WITH renamed AS (UPDATE stores SET timezone = :canonical WHERE timezone = :name RETURNING id)
            INSERT INTO audit_log (action, subject_type, subject_id, store_id, before, after)
            SELECT 'store.change', 'store', id::text, id, jsonb_build_object('timezone', cast(:name AS text)),
                   jsonb_build_object('timezone', cast(:canonical AS text))
            FROM renamed
            """
        ),
        values,
    )
