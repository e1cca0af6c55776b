"""The camera of the demo and its line, in a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from edge_worker.counting.line import Anchor, Line
from local.demo.database import configure_cameras
from local.demo.footage import Footage
from local.seed.demo_tenant import ROME_STORE, DemoCamera, DemoStore
from local.seed.tenant_rows import write_store

NOW = datetime(2026, 11, 20, 14, 50, tzinfo=UTC)
FOOTAGE = Footage("/clips/plaza.avi", False, Line(0.5, 0.2, 0.5, 0.9), Anchor.CENTER, 32)


@pytest.fixture
def store(connection: psycopg.Connection[Any]) -> DemoStore:
    plan = replace(
        ROME_STORE,
        id=uuid4(),
        history_camera=replace(ROME_STORE.history_camera, id=uuid4()),
        cameras=tuple(replace(camera, id=uuid4()) for camera in ROME_STORE.cameras),
        simulated_camera=replace(ROME_STORE.simulated_camera, id=uuid4()),
    )
    write_store(connection, plan, NOW, NOW)
    return plan


def _camera(connection: psycopg.Connection[Any], camera: DemoCamera) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(
        "SELECT line, anchor, is_counting_line, archived_at IS NULL FROM cameras WHERE id = %s", (camera.id,)
    ).fetchone()
    assert row is not None
    return row


def test_the_camera_gets_the_line_of_the_footage(
    database_url: str, connection: psycopg.Connection[Any], store: DemoStore, tmp_path: Path
) -> None:
    configure_cameras(database_url, store, {store.default_camera: FOOTAGE}, tmp_path)
    assert _camera(connection, store.default_camera) == (list(FOOTAGE.line.points), "center", True, True)


def test_a_line_drawn_in_the_admin_since_the_last_demo_stays(
    database_url: str, connection: psycopg.Connection[Any], store: DemoStore, tmp_path: Path
) -> None:
    configure_cameras(database_url, store, {store.default_camera: FOOTAGE}, tmp_path)
    drawn = [0.1, 0.1, 0.9, 0.9]
    connection.execute("UPDATE cameras SET line = %s WHERE id = %s", (drawn, store.default_camera.id))
    configure_cameras(database_url, store, {store.default_camera: FOOTAGE}, tmp_path)
    assert _camera(connection, store.default_camera)[0] == drawn


def test_other_footage_brings_its_own_line(
    database_url: str, connection: psycopg.Connection[Any], store: DemoStore, tmp_path: Path
) -> None:
    configure_cameras(database_url, store, {store.default_camera: FOOTAGE}, tmp_path)
    other = Footage("/clips/door.avi", False, Line.mid_height(), Anchor.FOOT, None)
    configure_cameras(database_url, store, {store.default_camera: other}, tmp_path)
    assert _camera(connection, store.default_camera)[:2] == ([0.0, 0.5, 1.0, 0.5], "foot")


def test_only_the_cameras_of_the_demo_count(
    database_url: str, connection: psycopg.Connection[Any], store: DemoStore, tmp_path: Path
) -> None:
    door, side_door = store.cameras
    for counting in ({store.simulated_camera: None}, {door: FOOTAGE, side_door: FOOTAGE}, {door: FOOTAGE}):
        configure_cameras(database_url, store, counting, tmp_path)
        for camera in store.counting_cameras:
            assert _camera(connection, camera)[2:] == ((True, True) if camera in counting else (False, False))


def test_each_camera_keeps_the_line_that_was_drawn_for_it(
    database_url: str, connection: psycopg.Connection[Any], store: DemoStore, tmp_path: Path
) -> None:
    door, side_door = store.cameras
    drawn = [0.1, 0.1, 0.9, 0.9]
    configure_cameras(database_url, store, {door: FOOTAGE, side_door: FOOTAGE}, tmp_path)
    connection.execute("UPDATE cameras SET line = %s WHERE id = %s", (drawn, side_door.id))
    configure_cameras(database_url, store, {door: FOOTAGE}, tmp_path)
    configure_cameras(database_url, store, {door: FOOTAGE, side_door: FOOTAGE}, tmp_path)
    assert [_camera(connection, camera)[0] for camera in (door, side_door)] == [list(FOOTAGE.line.points), drawn]
