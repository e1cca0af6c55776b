"""Alembic migrations: `sql/` contains the SQL, `versions/` the order and the downgrades."""
