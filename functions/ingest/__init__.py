"""The ingest Lambda: `POST /events`, heartbeat, snapshot and camera configuration, for edge boxes with a worker key.

It imports psycopg and the standard library only, so that a cold start is quick. A batch of events is one statement.
"""
