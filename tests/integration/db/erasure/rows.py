"""What tests of the erasure read and write: the whole database as text, and notes in the tables that have one."""

from __future__ import annotations

import subprocess
from typing import Any
from uuid import UUID, uuid4

import psycopg

from functions.common import worker_key
from tests.factories import make_camera
from tests.integration.db.test_backup import programs

Connection = psycopg.Connection[Any]


def dump(url: str) -> str:
    """Return the whole database as text: every row of every table, chunk and catalogue of TimescaleDB."""
    command = [str(programs() / "pg_dump"), "--inserts", "--rows-per-insert=100", url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def write_note(connection: Connection, table: str, email: str, store_id: UUID) -> None:
    text = f"Ask {email}, or ring."
    run = connection.execute
    if table == "special_days":
        run("INSERT INTO special_days (store_id, day, note) VALUES (%s, '2026-12-24', %s)", [store_id, text])
    elif table == "count_checks":
        camera_id = make_camera(connection, store_id)
        run(
            "INSERT INTO count_checks (store_id, camera_id, window_start, window_end, manual_in, manual_out,"
            " counted_in, counted_out, note) VALUES (%s, %s, now() - interval '1 hour', now(), 0, 0, 0, 0, %s)",
            [store_id, camera_id, text],
        )
    elif table == "wall_links":
        run(
            "INSERT INTO wall_links (store_id, name, token_sha256) VALUES (%s, %s, %s)",
            [store_id, text, worker_key.digest(uuid4().hex)],
        )
    else:
        run(
            "INSERT INTO worker_keys (store_id, name, key_sha256, hint) VALUES (%s, %s, %s, 'abcd')",
            [store_id, text, worker_key.digest(uuid4().hex)],
        )
