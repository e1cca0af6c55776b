"""The cloud's budgets: cold starts, packages, ingest, dashboard. On `DATABASE_URL`, or the embedded server."""

from __future__ import annotations

from benchmarks import cloud_dashboard, cloud_imports, cloud_ingest
from benchmarks.cloud_database import connected, database, make_store, remove_store
from benchmarks.row import Row


def rows() -> list[Row]:
    """Measure all of them; about two minutes on the embedded server."""
    found = cloud_imports.measure()
    with database() as url, connected(url) as connection:
        for part in (cloud_ingest, cloud_dashboard):
            store = make_store(connection)
            try:
                found += part.measure(url, connection, store)
            finally:
                remove_store(connection, store)
    return found
