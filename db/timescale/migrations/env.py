"""Alembic's entry: runs the migrations on the connection that `db.timescale.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

connection: Connection = context.config.attributes["connection"]

# All in one transaction: an upgrade is whole or has not been. And on the embedded server, where session locks are
# shared, one that comes at the same time waits for its end.
context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
