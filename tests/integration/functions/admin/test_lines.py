"""The counting line of a camera through the admin API, its versions, and where tracks end near it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.integration.functions.admin.conftest import Admin, error_locations


def test_the_line_is_drawn_and_taken_back(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    drawn = admin.ask("PUT", f"{camera}/line", {"line": [0, 0.25, 1, 0.75], "anchor": "center"})
    assert (drawn["line"], drawn["anchor"]) == ([0, 0.25, 1, 0.75], "center")
    default = admin.ask("PUT", f"{camera}/line", {"line": None})
    assert (default["line"], default["anchor"]) == (None, "center")


def test_a_change_of_the_line_or_the_anchor_is_a_version_with_its_author(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    camera = admin.camera(admin.store())
    assert admin.get(camera)["line_version"] == 1
    changes: list[tuple[str, str, dict[str, Any], int]] = [
        ("PUT", f"{camera}/line", {"line": [0, 0.25, 1, 0.75]}, 2),
        ("PUT", f"{camera}/line", {"line": [0, 0.25, 1, 0.75], "anchor": "foot"}, 2),
        ("PATCH", camera, {"name": "Back door", "sample_fps": 5}, 2),
        ("PATCH", camera, {"anchor": "center"}, 3),
        ("PUT", f"{camera}/line", {"line": None}, 4),
    ]
    for method, path, body, version in changes:
        assert admin.ask(method, path, body)["line_version"] == version
    versions = connection.execute(
        "SELECT version, line, anchor, created_by FROM camera_lines WHERE camera_id = %s ORDER BY version",
        [camera.rpartition("/")[2]],
    ).fetchall()
    assert versions == [
        (1, None, "foot", admin.user_id),
        (2, [0, 0.25, 1, 0.75], "foot", admin.user_id),
        (3, [0, 0.25, 1, 0.75], "center", admin.user_id),
        (4, None, "center", admin.user_id),
    ]


@pytest.mark.parametrize(
    "line",
    [[0, 0, 1], [0, 0, 1, 1, 1], [0, 0, 1, 1.01], [-0.1, 0, 1, 1], [0.5, 0.5, 0.5, 0.51], ["a", 0, 1, 1], "0,0,1,1", 7],
)
def test_a_line_that_is_none_is_refused(admin: Admin, line: object) -> None:
    camera = admin.camera(admin.store())
    assert error_locations(admin.ask("PUT", f"{camera}/line", {"line": line}, 422))[0][:2] == ["body", "line"]


def test_the_track_ends_of_the_last_hour_are_shown(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    camera = admin.camera(admin.store())
    for minutes, points in ((5, "[[0.5, 0.25]]"), (61, "[[0, 0]]"), (30, "[[0.125, 1], [0, 0.75]]")):
        connection.execute(
            "INSERT INTO camera_track_ends (camera_id, received_at, points)"
            " VALUES (%s, now() - make_interval(mins => %s), %s)",
            [camera[-36:], minutes, points],
        )
    assert admin.get(f"{camera}/track-ends") == {"points": [[0.125, 1], [0, 0.75], [0.5, 0.25]]}
