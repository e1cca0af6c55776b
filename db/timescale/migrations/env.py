"""The entry point of Alembic: runs the migrations on the connection of `db.timescale.migrate`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

connection: Connection = context.config.attributes["connection"]

# All migrations run in one transaction: an upgrade succeeds as a whole, or changes nothing. On the embedded server,
# where all clients share the advisory locks, a second upgrade at the same time waits for the end of the transaction.
context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
