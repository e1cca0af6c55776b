"""TimescaleDB: tables, migrations, roles, and the embedded server for one machine."""
