"""Alembic migrations: the SQL is in `sql/`, the order and the way back in `versions/`."""
