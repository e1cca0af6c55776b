"""The database: tables, migrations, roles, and the embedded server."""
