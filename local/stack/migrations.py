"""Brings a database to the newest schema."""

from __future__ import annotations

from local.errors import MigrationError


def migrate(database_url: str) -> None:
    """All migrations that are missing; none when there are none. Raises MigrationError with the database's reason."""
    # SQLAlchemy and Alembic take half a second to import.
    from db.timescale import migrate as migrations

    try:
        migrations.upgrade(database_url)
    except migrations.MigrationError as error:
        raise MigrationError(" ".join(str(error).split())) from error
