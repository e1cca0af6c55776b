"""New cameras send snapshots on request only; the interval of existing cameras stays."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from db.timescale.migrate import downgrade, upgrade
from tests.factories import make_camera, make_store

REVISION = "0018_snapshots_on_request"
BEFORE = "0017_worker_instances"


def intervals(connection: psycopg.Connection[Any]) -> list[int]:
    rows = connection.execute("SELECT snapshot_interval_s FROM cameras ORDER BY 1").fetchall()
    return [row[0] for row in rows]


@pytest.mark.slow  # old migrations do not change
@pytest.mark.parametrize("old_database", [BEFORE], indirect=True)
def test_existing_cameras_keep_their_interval_and_new_ones_have_none(old_database: str) -> None:
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
        make_camera(connection, store)
        connection.execute("UPDATE cameras SET snapshot_interval_s = 600")
    upgrade(old_database, REVISION)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        make_camera(connection, store)
        assert intervals(connection) == [0, 600]
    downgrade(old_database, BEFORE)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        make_camera(connection, store)
        assert intervals(connection) == [0, 600, 3600]
