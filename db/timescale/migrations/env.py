"""The entry point of Alembic: runs the migrations on the connection of `db.timescale.migrate`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from db.timescale.limits import MIGRATION_LOCK_TIMEOUT

connection: Connection = context.config.attributes["connection"]

# All migrations run in one transaction: an upgrade succeeds as a whole, or changes nothing. On the embedded server,
# where all clients share the advisory locks, a second upgrade at the same time waits for the end of the transaction.
context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    # Requests queue behind a migration that waits for a lock, so it gives up soon, and `upgrade` repeats it.
    milliseconds = int(MIGRATION_LOCK_TIMEOUT.total_seconds() * 1000)
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{milliseconds}ms'")
    context.run_migrations()
