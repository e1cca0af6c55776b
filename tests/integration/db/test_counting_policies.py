"""A database with cameras learns counting policies, all off, and forgets them again."""

from __future__ import annotations

import psycopg
import pytest

from db.timescale.migrate import downgrade, upgrade
from tests.factories import make_camera, make_store

REVISION = "0027_counting_policies"
BEFORE = "0026_reports"


@pytest.mark.slow
@pytest.mark.parametrize("old_database", [BEFORE], indirect=True)
def test_existing_cameras_count_everybody(old_database: str) -> None:
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        camera = make_camera(connection, make_store(connection))
        connection.execute("UPDATE cameras SET line = '{0,0.7,1,0.7}'")
    upgrade(old_database, REVISION)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        rows = connection.execute("SELECT id, line_version, min_stay_s, ignore_children FROM cameras").fetchall()
        assert rows == [(camera, 2, 0, False)]
        connection.execute("UPDATE cameras SET min_stay_s = 60, ignore_children = true")
        for seconds in ("-0.5", "60.5", "'NaN'"):
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute(f"UPDATE cameras SET min_stay_s = {seconds}".encode())
        with connection.transaction():
            connection.execute("SET LOCAL ROLE metrica_ingest")
            assert connection.execute("SELECT min_stay_s, ignore_children FROM cameras").fetchall() == [(60, True)]
    downgrade(old_database, BEFORE)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        assert connection.execute("SELECT id, line_version FROM cameras").fetchall() == [(camera, 2)]
