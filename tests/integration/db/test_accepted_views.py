"""A database with cameras learns when their view was accepted, and forgets it again."""

from __future__ import annotations

import psycopg
import pytest

from db.timescale.migrate import downgrade, upgrade
from tests.factories import make_camera, make_store

REVISION = "0025_accepted_views"
BEFORE = "0024_notifications"


@pytest.mark.slow
@pytest.mark.parametrize("old_database", [BEFORE], indirect=True)
def test_the_views_of_existing_cameras_were_not_accepted(old_database: str) -> None:
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        camera = make_camera(connection, make_store(connection))
        connection.execute("UPDATE cameras SET picture = 'moved', line = '{0,0.7,1,0.7}'")
    upgrade(old_database, REVISION)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        rows = connection.execute("SELECT id, picture, line_version, view_accepted_at FROM cameras").fetchall()
        assert rows == [(camera, "moved", 2, None)]
        connection.execute("UPDATE cameras SET view_accepted_at = now()")
        assert connection.execute("SELECT line_version FROM cameras").fetchall() == [(2,)]
        with connection.transaction():
            connection.execute("SET LOCAL ROLE metrica_ingest")
            assert connection.execute("SELECT view_accepted_at IS NULL FROM cameras").fetchall() == [(False,)]
    downgrade(old_database, BEFORE)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        assert connection.execute("SELECT id, picture FROM cameras").fetchall() == [(camera, "moved")]
