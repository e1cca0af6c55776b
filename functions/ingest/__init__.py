"""The ingest Lambda: POST /events, heartbeat, snapshot and camera config, for edge boxes with a worker key.

psycopg and the standard library only: a cold start must be quick, and the hot path is one statement per batch.
"""
