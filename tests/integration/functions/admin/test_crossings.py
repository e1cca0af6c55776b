"""The crossings of a camera as they arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from functions.admin.services.crossings import MAX_CROSSINGS
from tests.factories import Event, insert_events
from tests.integration.functions.admin.conftest import Admin

Connection = psycopg.Connection[Any]


class Door:
    """A camera whose crossings arrive."""

    def __init__(self, admin: Admin, connection: Connection) -> None:
        self._admin, self._connection = admin, connection
        store = admin.store()
        self.path = admin.camera(store)
        self._ids = UUID(store.rpartition("/")[2]), UUID(self.path.rpartition("/")[2])

    def cross(self, *events: Event) -> None:
        insert_events(self._connection, *self._ids, events)

    def ask(self, after: str | None = None) -> Any:
        return self._admin.get(f"{self.path}/crossings" + (f"?after={after.replace('+', '%2B')}" if after else ""))


@pytest.fixture
def door(admin: Admin, connection: Connection) -> Door:
    return Door(admin, connection)


def test_they_are_listed_stored_last_first_with_direction_and_delay(door: Door) -> None:
    now = datetime.now(UTC)
    late = Event(now - timedelta(minutes=20), "OUT", received_at=now - timedelta(minutes=1))
    early = Event(now - timedelta(minutes=10), "IN", received_at=now - timedelta(minutes=9, seconds=58))
    door.cross(early, late)
    found = door.ask()
    assert [(crossing["event_id"], crossing["direction"]) for crossing in found["crossings"]] == [
        (str(late.event_id), "OUT"),
        (str(early.event_id), "IN"),
    ]
    assert [crossing["delay_s"] for crossing in found["crossings"]] == pytest.approx([19 * 60, 2], abs=0.001)
    assert found["left_out"] is False


def test_of_another_camera_or_older_than_an_hour_they_are_left_out(
    door: Door, admin: Admin, connection: Connection
) -> None:
    Door(admin, connection).cross(Event(datetime.now(UTC)))
    door.cross(Event(datetime.now(UTC) - timedelta(minutes=61)))
    assert door.ask()["crossings"] == []


def test_the_next_request_gets_what_was_stored_since_and_misses_nothing(door: Door) -> None:
    now = datetime.now(UTC)
    door.cross(Event(now - timedelta(minutes=5), received_at=now - timedelta(minutes=5)))
    first = door.ask()
    assert len(first["crossings"]) == 1
    assert door.ask(first["next_after"])["crossings"] == []
    # Its transaction began before the first request and ended after it.
    slow = Event(now - timedelta(seconds=3), "OUT", received_at=now - timedelta(seconds=2))
    door.cross(slow)
    second = door.ask(first["next_after"])
    assert [crossing["event_id"] for crossing in second["crossings"]] == [str(slow.event_id)]


def test_of_too_many_the_newest_are_listed_and_the_response_says_so(door: Door) -> None:
    now = datetime.now(UTC)
    events = [
        Event(now - timedelta(seconds=n), received_at=now - timedelta(seconds=n)) for n in range(MAX_CROSSINGS + 1)
    ]
    door.cross(*events)
    found = door.ask()
    assert [crossing["event_id"] for crossing in found["crossings"]] == [
        str(event.event_id) for event in events[:MAX_CROSSINGS]
    ]
    assert found["left_out"] is True


def test_a_new_line_waits_for_a_crossing_that_was_surely_counted_with_it(
    door: Door, admin: Admin, connection: Connection
) -> None:
    def age_line() -> None:
        connection.execute(
            "UPDATE camera_lines SET valid_from = valid_from - interval '1 minute' WHERE camera_id = %s",
            [door.path.rpartition("/")[2]],
        )

    age_line()
    before = door.ask()
    assert before["last_crossing_at"] is None
    crossed = datetime.now(UTC)
    door.cross(Event(crossed))
    assert datetime.fromisoformat(door.ask()["last_crossing_at"]) == crossed

    set_at = datetime.now(UTC)
    admin.ask("PUT", f"{door.path}/line", {"line": [0.9, 0.5, 0.1, 0.5]})
    # The edge box may not have fetched the line yet, so this one can be of the line before.
    door.cross(Event(datetime.now(UTC), "OUT"))
    swapped = door.ask()
    assert swapped["last_crossing_at"] is None
    used_from = datetime.fromisoformat(swapped["line_used_from"])
    assert timedelta(seconds=34) < used_from - set_at < timedelta(seconds=40)
    door.cross(Event(used_from, "OUT"))
    assert datetime.fromisoformat(door.ask()["last_crossing_at"]) == used_from


def test_reading_them_is_not_audited(door: Door, admin: Admin) -> None:
    store = f"/admin/stores/{admin.get(door.path)['store_id']}"
    before = admin.audit(store)
    door.ask()
    assert admin.audit(store) == before


@pytest.mark.parametrize("after", ["yesterday", "2026-11-22T09:15:00", "1763424000", "1.76e9"])
def test_a_time_that_is_none_is_refused(door: Door, admin: Admin, after: str) -> None:
    assert admin.get(f"{door.path}/crossings?after={after}", 422)["errors"][0]["loc"] == ["query", "after"]


def test_of_a_camera_that_is_not_there_they_are_not_found(admin: Admin) -> None:
    assert admin.get(f"/admin/cameras/{uuid4()}/crossings", 404)["type"] == "camera_not_found"
