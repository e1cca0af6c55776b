"""The budgets of the Lambdas: cold starts, packages, ingest, dashboard. On `DATABASE_URL`, or the embedded server."""

from __future__ import annotations

from benchmarks import cloud_dashboard, cloud_imports, cloud_ingest, cloud_league
from benchmarks.cloud_database import connect, create_store, delete_store, temporary_database_url
from benchmarks.row import Row


def rows() -> list[Row]:
    """Return a row for each budget. Takes about two minutes on the embedded server."""
    found = cloud_imports.measure()
    with temporary_database_url() as url, connect(url) as connection:
        for benchmark in (cloud_ingest, cloud_dashboard, cloud_league):
            store = create_store(connection)
            try:
                found += benchmark.measure(url, connection, store)
            finally:
                delete_store(connection, store)
    return found
