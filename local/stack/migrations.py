"""Brings a database to the newest schema."""

from __future__ import annotations

from local.errors import MigrationError


def migrate(database_url: str) -> None:
    """All migrations that are missing; none when there are none. Raises MigrationError with the database's reason."""
    from db.timescale.migrate import upgrade

    try:
        upgrade(database_url)
    except Exception as error:
        reason = " ".join(str(error.__cause__ or error).split())
        raise MigrationError(f"the database could not be brought to the newest schema: {reason[:400]}") from error
