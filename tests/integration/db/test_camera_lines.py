"""The versions of a camera's line: triggers on `cameras` write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from db.timescale.migrate import downgrade, upgrade
from tests.factories import make_camera, make_store

Connection = psycopg.Connection[Any]

REVISION = "0008_camera_lines"
BEFORE = "0007_refresh_lock"

CREATED_AT = datetime(2026, 3, 1, 9, 14, tzinfo=UTC)


def _versions(connection: Connection, camera: UUID) -> list[tuple[int, list[float] | None, str]]:
    return connection.execute(
        "SELECT version, line, anchor FROM camera_lines WHERE camera_id = %s ORDER BY version", [camera]
    ).fetchall()


def _current_version(connection: Connection, camera: UUID) -> int:
    row = connection.execute("SELECT line_version FROM cameras WHERE id = %s", [camera]).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def camera(connection: Connection) -> UUID:
    return make_camera(connection, make_store(connection), line=[0.0, 0.5, 1.0, 0.5], created_at=CREATED_AT)


def test_a_new_camera_has_version_1_from_its_creation_on(connection: Connection, camera: UUID) -> None:
    rows = connection.execute(
        "SELECT version, line, anchor, valid_from, created_by FROM camera_lines WHERE camera_id = %s", [camera]
    ).fetchall()
    assert rows == [(1, [0, 0.5, 1, 0.5], "foot", CREATED_AT, None)]
    assert _current_version(connection, camera) == 1


@pytest.mark.parametrize(
    ("change", "line", "anchor"),
    [
        ("line = '{0,0.7,1,0.7}'", [0, 0.7, 1, 0.7], "foot"),
        ("line = NULL", None, "foot"),
        ("anchor = 'center'", [0, 0.5, 1, 0.5], "center"),
        ("line = '{0,0.7,1,0.7}', anchor = 'center'", [0, 0.7, 1, 0.7], "center"),
    ],
)
@pytest.mark.clock
def test_a_change_of_the_line_or_the_anchor_is_a_version(
    connection: Connection, camera: UUID, change: str, line: list[float] | None, anchor: str
) -> None:
    connection.execute(f"UPDATE cameras SET {change} WHERE id = %s".encode(), [camera])
    assert _versions(connection, camera) == [(1, [0, 0.5, 1, 0.5], "foot"), (2, line, anchor)]
    assert _current_version(connection, camera) == 2
    row = connection.execute(
        "SELECT now() - valid_from < interval '1 minute' FROM camera_lines WHERE camera_id = %s AND version = 2",
        [camera],
    ).fetchone()
    assert row == (True,)


@pytest.mark.parametrize(
    "change",
    [
        "line = '{0,0.5,1,0.5}', anchor = 'foot'",
        "name = 'renamed'",
        "sample_fps = 5",
        "last_seen_at = now()",
        "line_version = 7",
    ],
)
def test_other_changes_are_no_version(connection: Connection, camera: UUID, change: str) -> None:
    connection.execute(f"UPDATE cameras SET {change} WHERE id = %s".encode(), [camera])
    assert _versions(connection, camera) == [(1, [0, 0.5, 1, 0.5], "foot")]
    assert _current_version(connection, camera) == 1


def test_a_line_that_is_drawn_for_the_first_time_is_a_version(connection: Connection) -> None:
    camera = make_camera(connection, make_store(connection))
    connection.execute("UPDATE cameras SET line = '{0,0.5,1,0.5}' WHERE id = %s", [camera])
    assert _versions(connection, camera) == [(1, None, "foot"), (2, [0, 0.5, 1, 0.5], "foot")]


def test_a_camera_that_is_inserted_with_another_version_has_version_1(connection: Connection) -> None:
    row = connection.execute(
        "INSERT INTO cameras (store_id, name, line_version) VALUES (%s, 'Door', 9) RETURNING id, line_version",
        [make_store(connection)],
    ).fetchone()
    assert row is not None
    assert row[1] == 1
    assert _versions(connection, row[0]) == [(1, None, "foot")]


@pytest.mark.slow  # old migrations do not change
@pytest.mark.parametrize("old_database", [BEFORE], indirect=True)
def test_cameras_of_the_revision_before_get_version_1(old_database: str) -> None:
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        store = make_store(connection)
        drawn = make_camera(connection, store, line=[0.0, 0.5, 1.0, 0.5], created_at=CREATED_AT)
        undrawn = make_camera(connection, store)
    upgrade(old_database, REVISION)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        assert _versions(connection, drawn) == [(1, [0, 0.5, 1, 0.5], "foot")]
        assert _versions(connection, undrawn) == [(1, None, "foot")]
        connection.execute("UPDATE cameras SET anchor = 'center' WHERE id = %s", [drawn])
        assert _current_version(connection, drawn) == 2
    downgrade(old_database, BEFORE)
    upgrade(old_database, REVISION)
    with psycopg.connect(old_database, autocommit=True, prepare_threshold=None) as connection:
        assert _versions(connection, drawn) == [(1, [0, 0.5, 1, 0.5], "center")]
