"""TimescaleDB on one machine, from the npm registry (server.mjs), and how Python starts it (launcher.py)."""
