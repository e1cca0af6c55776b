"""Count checks: in parts, complete or not, what they say together, and when the next one is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.factories import Event, insert_events
from tests.integration.functions.admin.conftest import Admin

pytestmark = pytest.mark.clock

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def start_of_window(hours: int = 3) -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - hours * HOUR


def make_camera(admin: Admin, connection: psycopg.Connection[Any], **columns: object) -> str:
    """A camera whose line was set two days ago, and whose crossings have all arrived."""
    camera = admin.camera(admin.store())
    age = columns.pop("age_days", 2)
    connection.execute(
        "UPDATE camera_lines SET valid_from = now() - make_interval(days => %s) WHERE camera_id = %s",
        [age, camera[-36:]],
    )
    values = {"delivered_until": datetime.now(UTC), "last_seen_at": datetime.now(UTC), **columns}
    for column, value in values.items():
        connection.execute(f"UPDATE cameras SET {column} = %s WHERE id = %s".encode(), [value, camera[-36:]])
    return camera


def insert(connection: psycopg.Connection[Any], camera: str, events: list[Event]) -> None:
    store = connection.execute("SELECT store_id FROM cameras WHERE id = %s", [camera[-36:]]).fetchone()
    assert store is not None
    insert_events(connection, store[0], UUID(camera[-36:]), events)


def in_parts(start: datetime, *counts: tuple[int, int]) -> dict[str, Any]:
    """The body of a count in parts of five minutes."""
    ends = [(start + 5 * MINUTE * (index + 1)).isoformat() for index in range(len(counts))]
    return {
        "window_start": start.isoformat(),
        "window_end": ends[-1],
        "manual_in": sum(ins for ins, _ in counts),
        "manual_out": sum(outs for _, outs in counts),
        "parts": [
            {"end": end, "manual_in": ins, "manual_out": outs} for end, (ins, outs) in zip(ends, counts, strict=True)
        ],
    }


def test_a_count_in_parts_is_compared_part_by_part(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    camera, start = make_camera(admin, connection), start_of_window()
    # The start of a part belongs to it, its end to the next one; the last end is outside.
    at = [(0, "IN"), (4.99, "OUT"), (5, "IN"), (6, "IN"), (14.99, "OUT"), (15, "IN")]
    insert(connection, camera, [Event(start + minutes * MINUTE, way) for minutes, way in at])  # type: ignore[arg-type]
    check = admin.post(f"{camera}/count-checks", in_parts(start, (1, 1), (2, 0), (1, 1)))
    assert (check["counted_in"], check["counted_out"]) == (3, 2)
    assert [(part["counted_in"], part["counted_out"]) for part in check["parts"]] == [(1, 1), (2, 0), (0, 1)]
    assert [(part["manual_in"], part["manual_out"]) for part in check["parts"]] == [(1, 1), (2, 0), (1, 1)]
    assert [datetime.fromisoformat(part["start"]) for part in check["parts"]] == [
        start + n * 5 * MINUTE for n in range(3)
    ]
    assert (check["complete"], check["use"]) == (True, "used")
    listed = admin.get(f"{camera}/count-checks")
    assert listed["count_checks"] == [check]
    ins, outs = listed["assessment"]["directions"]
    assert (ins["manual"], ins["counted"], ins["bias"]) == (4, 3, -0.25)
    assert (outs["manual"], outs["counted"], outs["is_proven"]) == (2, 2, False)


def test_150_people_of_each_direction_make_a_certificate(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    camera, start = make_camera(admin, connection), start_of_window()
    events = [
        Event(start + part * 5 * MINUTE + second * timedelta(seconds=2), way)
        for part in range(3)
        for second in range(49)
        for way in ("IN", "OUT")
    ]
    insert(connection, camera, events)
    admin.post(f"{camera}/count-checks", in_parts(start, (49, 49), (49, 49), (49, 49)))
    assessment = admin.get(f"{camera}/count-checks")["assessment"]
    assert not assessment["is_certificate"]
    assert [one["people_needed"] for one in assessment["directions"]] == [3, 3]
    later = start + HOUR
    insert(connection, camera, [Event(later, way) for way in ("IN", "OUT") for _ in range(3)])
    admin.post(f"{camera}/count-checks", in_parts(later, (3, 3)))
    assessment = admin.get(f"{camera}/count-checks")["assessment"]
    assert (assessment["is_certificate"], assessment["checks"], assessment["line_version"]) == (True, 2, 1)
    assert all(-0.02 <= one["low"] <= 0 <= one["high"] <= 0.02 for one in assessment["directions"])


def test_a_check_before_the_crossings_arrived_or_of_another_line_is_not_used(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    start = start_of_window()
    camera = make_camera(admin, connection, delivered_until=start + 9 * MINUTE)
    body = in_parts(start, (1, 1), (1, 1))
    assert admin.post(f"{camera}/count-checks", body)["use"] == "incomplete"
    connection.execute("UPDATE cameras SET delivered_until = now() WHERE id = %s", [camera[-36:]])
    overlapping = in_parts(start + 5 * MINUTE, (1, 1))
    assert admin.post(f"{camera}/count-checks", overlapping)["use"] == "used"
    assert admin.post(f"{camera}/count-checks", body)["use"] == "used"
    uses = {check["use"] for check in admin.get(f"{camera}/count-checks")["count_checks"]}
    assert uses == {"used", "incomplete", "overlapping"}
    admin.ask("PUT", f"{camera}/line", {"line": [0.2, 0.5, 0.8, 0.5]})
    listed = admin.get(f"{camera}/count-checks")
    assert {check["use"] for check in listed["count_checks"]} == {"earlier_line"}
    assert (listed["assessment"]["checks"], listed["assessment"]["line_version"]) == (0, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"manual_in": 3},
        {"manual_out": 1},
        {"parts": []},
        {"window_end": "later"},
        {"parts": "reversed"},
        {"parts": "same end twice"},
        {"parts": "too many"},
    ],
)
def test_parts_that_are_not_the_window_are_refused(admin: Admin, change: dict[str, Any]) -> None:
    camera, start = admin.camera(admin.store()), start_of_window()
    body = in_parts(start, (1, 1), (1, 1))
    first, second = body["parts"]
    special: dict[str, Any] = {
        "later": (start + 11 * MINUTE).isoformat(),
        "reversed": [second, first],
        "same end twice": [{**first, "end": second["end"]}, second],
        "too many": [first] * 97,
    }
    changed = {name: special.get(value, value) if isinstance(value, str) else value for name, value in change.items()}
    assert admin.post(f"{camera}/count-checks", {**body, **changed}, 422)["type"] == "validation_error"


def health_of(admin: Admin, camera: str) -> dict[str, Any] | None:
    [found] = [
        one["count_check"]
        for store in admin.get("/admin/health")["stores"]
        for one in store["cameras"]
        if one["camera_id"] == camera[-36:]
    ]
    return found  # type: ignore[no-any-return]


def test_the_health_says_when_a_count_check_is_due(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    assert health_of(admin, admin.camera(admin.store())) is None
    new = health_of(admin, make_camera(admin, connection))
    assert new is not None
    assert (new["reason"], new["is_overdue"], new["last_at"]) == ("never", False, None)
    camera = make_camera(admin, connection, age_days=8)
    found = health_of(admin, camera)
    assert found is not None
    assert (found["reason"], found["is_overdue"]) == ("never", True)
    start = start_of_window()
    admin.post(f"{camera}/count-checks", in_parts(start, (1, 0)))
    found = health_of(admin, camera)
    assert found is not None
    assert (found["reason"], found["is_overdue"]) == ("old", False)
    assert datetime.fromisoformat(found["due_at"]) == start + 5 * MINUTE + timedelta(days=90)
    connection.execute("UPDATE cameras SET view_accepted_at = now() WHERE id = %s", [camera[-36:]])
    found = health_of(admin, camera)
    assert found is not None
    assert (found["reason"], found["is_overdue"]) == ("view_changed", False)
