"""A database in which cameras report pictures learns the value `damaged`, and forgets it again."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from db.timescale.migrate import downgrade, upgrade
from tests.factories import make_camera, make_store

REVISION = "0022_damaged_pictures"
BEFORE = "0021_incidents"


def pictures(connection: psycopg.Connection[Any]) -> list[str | None]:
    rows = connection.execute("SELECT picture FROM cameras ORDER BY 1 NULLS LAST").fetchall()
    return [row[0] for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("old_database", [BEFORE], indirect=True)
def test_the_pictures_of_cameras_stay_and_damaged_is_allowed(old_database: str) -> None:
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        make_camera(connection, make_store(connection))
        connection.execute("UPDATE cameras SET picture = 'moved'")
        make_camera(connection, make_store(connection))
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("UPDATE cameras SET picture = 'damaged' WHERE picture IS NULL")
    upgrade(old_database, REVISION)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("UPDATE cameras SET picture = 'damaged' WHERE picture IS NULL")
        assert pictures(connection) == ["damaged", "moved"]
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("UPDATE cameras SET picture = 'blurred'")
    downgrade(old_database, BEFORE)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        assert pictures(connection) == ["moved", None]
