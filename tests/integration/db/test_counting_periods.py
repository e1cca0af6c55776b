"""The counting periods of cameras: a trigger on `cameras` writes them, on quarter-hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.factories import make_camera, make_store

pytestmark = pytest.mark.clock

QUARTER_HOUR = timedelta(minutes=15)
Connection = psycopg.Connection[Any]


def _periods(connection: Connection, camera: UUID) -> list[tuple[UUID, datetime, datetime | None]]:
    return connection.execute(
        "SELECT store_id, counts_from, counts_until FROM camera_counting_periods WHERE camera_id = %s ORDER BY 2, 3",
        [camera],
    ).fetchall()


def _current_quarter_hour(connection: Connection) -> tuple[datetime, datetime]:
    """Return the beginning and the end of the current quarter-hour."""
    row = connection.execute("SELECT date_bin('15 minutes', now(), 'epoch')").fetchone()
    assert row is not None
    return row[0], row[0] + QUARTER_HOUR


def test_a_new_camera_counts_from_the_quarter_hour_in_which_it_was_created(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store, created_at=datetime(2026, 3, 1, 9, 14, 59, tzinfo=UTC))
    assert _periods(connection, camera) == [(store, datetime(2026, 3, 1, 9, 0, tzinfo=UTC), None)]


def test_a_camera_that_does_not_count_has_no_period(connection: Connection) -> None:
    camera = make_camera(connection, make_store(connection), is_counting_line=False)
    assert _periods(connection, camera) == []


@pytest.mark.parametrize("change", ["is_counting_line = false", "archived_at = now()"])
def test_switching_off_ends_the_period_at_the_next_quarter_hour(connection: Connection, change: str) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    connection.execute(f"UPDATE cameras SET {change} WHERE id = %s".encode(), [camera])
    (period,) = _periods(connection, camera)
    assert period[2] == _current_quarter_hour(connection)[1]


def test_switching_on_again_later_begins_a_new_period(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    connection.execute("UPDATE cameras SET is_counting_line = false WHERE id = %s", [camera])
    connection.execute(
        "UPDATE camera_counting_periods SET counts_until = counts_from + interval '1 day' WHERE camera_id = %s",
        [camera],
    )
    connection.execute("UPDATE cameras SET is_counting_line = true WHERE id = %s", [camera])
    old, new = _periods(connection, camera)
    assert old[2] is not None
    assert new[1:] == (_current_quarter_hour(connection)[0], None)


def test_switching_off_and_on_within_a_quarter_hour_continues_the_period(connection: Connection) -> None:
    store = make_store(connection)
    camera = make_camera(connection, store)
    before = _periods(connection, camera)
    for value in (False, True, False, True):
        connection.execute("UPDATE cameras SET is_counting_line = %s WHERE id = %s", [value, camera])
    assert _periods(connection, camera) == before


def test_a_camera_that_moves_counts_for_each_store_in_its_time(connection: Connection) -> None:
    old, new = make_store(connection), make_store(connection)
    camera = make_camera(connection, old)
    connection.execute("UPDATE cameras SET store_id = %s WHERE id = %s", [new, camera])
    begins, ends = _current_quarter_hour(connection)
    first, second = _periods(connection, camera)
    assert (first[0], first[2]) == (old, ends)
    assert second == (new, begins, None)


def test_other_changes_do_not_change_the_periods(connection: Connection) -> None:
    camera = make_camera(connection, make_store(connection))
    before = _periods(connection, camera)
    connection.execute("UPDATE cameras SET name = 'renamed', is_counting_line = true WHERE id = %s", [camera])
    assert _periods(connection, camera) == before


def test_the_audit_log_cannot_be_changed(connection: Connection) -> None:
    connection.execute("INSERT INTO audit_log (action, subject_type) VALUES ('probe', 'test')")
    for statement in ("UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="cannot be changed"):
            connection.execute(statement.encode())
