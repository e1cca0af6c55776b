"""The incidents Lambda on a real database, at times that the test chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from functions.api.kpi.opening_hours import WEEKDAYS
from functions.common.database import Database
from functions.incidents.job import IncidentsError, run
from tests.factories import Event, Minute, insert_events, insert_minutes, make_camera, make_store
from tests.integration.functions.ingest.box import make_key

Connection = psycopg.Connection[Any]
ROME = ZoneInfo("Europe/Rome")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OPEN = {day: [["09:00", "20:00"]] for day in WEEKDAYS}


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of this module's own: the job looks at all stores."""
    return own_url


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    """A time of November 2026 in Rome; the 25th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME)


@dataclass
class Shop:
    """A store that is open from 9 to 20 with one camera, and the job."""

    connection: Connection
    database: Database
    store_id: UUID
    camera_id: UUID

    def run(self, now: datetime) -> None:
        run(self.database, now)

    def report(self, seen_at: datetime, **columns: Any) -> None:
        """A heartbeat."""
        for name, value in {"last_seen_at": seen_at, **columns}.items():
            self.connection.execute(
                psycopg.sql.SQL("UPDATE cameras SET {} = %s WHERE id = %s").format(psycopg.sql.Identifier(name)),
                [value, self.camera_id],
            )

    def incidents(self) -> list[tuple[str, datetime | None, datetime | None]]:
        """Type, opening and end of each incident, and of each fault that is not one yet."""
        rows = self.connection.execute(
            "SELECT type, opened_at, ended_at FROM incidents WHERE store_id = %s ORDER BY found_at, type",
            [self.store_id],
        )
        return rows.fetchall()


@pytest.fixture
def shop(connection: Connection, database: Database) -> Shop:
    connection.execute("UPDATE stores SET archived_at = now()")  # those of the tests before
    store = make_store(connection, timezone="Europe/Rome", opening_hours=OPEN)
    return Shop(connection, database, store, make_camera(connection, store, name="Door"))


def test_a_silent_camera_is_one_incident_that_ends_when_it_is_back(shop: Shop) -> None:
    shop.report(at(9, 30))
    for minute in range(32, 60, 4):
        shop.run(at(9, minute))
    assert shop.incidents() == [("camera_offline", at(9, 40), None)]
    for minute in range(0, 12, 4):
        shop.report(at(10, minute))
        shop.run(at(10, minute))
    assert shop.incidents() == [("camera_offline", at(9, 40), None)]
    shop.report(at(10, 12))
    shop.run(at(10, 12))
    assert shop.incidents() == [("camera_offline", at(9, 40), at(10))]


def test_the_cameras_of_many_stores_are_done_in_one_run(shop: Shop) -> None:
    stores = [make_store(shop.connection, timezone="Europe/Rome", opening_hours=OPEN) for _ in range(3)]
    cameras = [make_camera(shop.connection, store, last_seen_at=at(9, 30)) for store in stores for _ in range(2)]
    for minute in (40, 45):
        shop.run(at(9, minute))
        rows = shop.connection.execute("SELECT opened_at FROM incidents WHERE camera_id = ANY (%s)", [cameras])
        assert rows.fetchall() == [(at(9, 40),)] * 6


def test_a_camera_that_is_switched_off_after_closing_is_no_incident_before_the_morning(shop: Shop) -> None:
    shop.report(at(19, 58))
    for now in (at(20, 30), at(23), at(3, day=26), at(9, 7, day=26)):
        shop.run(now)
        assert shop.incidents() == []
    shop.run(at(9, 8, day=26))
    assert shop.incidents() == [("camera_offline", at(9, 8, day=26), None)]


def test_a_dark_picture_is_an_incident_while_the_store_is_open_only(shop: Shop) -> None:
    for minute in range(0, 60, 10):
        shop.report(at(3, minute), picture="covered")
        shop.run(at(3, minute))
    assert shop.incidents() == []
    for minute in (0, 5, 10):
        shop.report(at(9, minute), picture="covered")
        shop.run(at(9, minute))
    assert shop.incidents() == [("picture_covered", at(9, 10), None)]
    shop.report(at(20, 30), picture="ok")
    shop.run(at(20, 30))  # closed: nothing is decided
    assert shop.incidents() == [("picture_covered", at(9, 10), None)]


def test_an_hour_without_crossings_that_is_usually_busy_is_an_incident(shop: Shop) -> None:
    for week in (1, 2, 3):
        start = at(11) - week * 7 * DAY
        events = [Event((start + n * 5 * MINUTE).astimezone(UTC)) for n in range(12)]
        insert_events(shop.connection, shop.store_id, shop.camera_id, events)
        observe(shop, start, 60)
    observe(shop, at(10), 120)
    shop.report(at(12, 5))
    shop.run(at(12, 4))
    assert shop.incidents() == []  # the hour before was not busy in other weeks
    shop.run(at(12, 5))
    assert shop.incidents() == [("no_crossings", at(12, 5), None)]
    insert_events(shop.connection, shop.store_id, shop.camera_id, [Event(at(11, 59).astimezone(UTC))])
    shop.run(at(12, 10))
    assert shop.incidents() == [("no_crossings", at(12, 5), at(12, 10))]


def test_an_hour_in_which_the_camera_did_not_observe_is_not_called_quiet(shop: Shop) -> None:
    for week in (1, 2, 3):
        start = at(11) - week * 7 * DAY
        events = [Event((start + n * 5 * MINUTE).astimezone(UTC)) for n in range(12)]
        insert_events(shop.connection, shop.store_id, shop.camera_id, events)
        observe(shop, start, 60)
    observe(shop, at(11), 53)
    shop.report(at(12, 5))
    shop.run(at(12, 5))
    assert shop.incidents() == []


def test_the_incidents_of_an_archived_camera_and_a_revoked_key_end(shop: Shop) -> None:
    make_key(shop.connection, shop.store_id)
    shop.connection.execute("UPDATE worker_keys SET created_at = %s", [at(9) - 31 * DAY])
    shop.report(at(9, 30), refused=7)
    shop.run(at(9, 50))
    types = {kind for kind, _, _ in shop.incidents()}
    assert types == {"camera_offline", "refused_crossings", "worker_key_unused"}
    shop.connection.execute("UPDATE cameras SET archived_at = %s WHERE id = %s", [at(9, 52), shop.camera_id])
    shop.connection.execute("UPDATE worker_keys SET revoked_at = %s WHERE store_id = %s", [at(9, 52), shop.store_id])
    shop.run(at(9, 55))
    assert [ended for _, _, ended in shop.incidents()] == [at(9, 55)] * 3


def test_the_incident_says_what_is_wrong_now(shop: Shop) -> None:
    for minute, refused in ((0, 7), (5, 12)):
        shop.report(at(9, minute), refused=refused)
        shop.run(at(9, minute))
    row = shop.connection.execute(
        "SELECT detail, remedy, camera_id, facts FROM incidents WHERE store_id = %s", [shop.store_id]
    ).fetchall()
    assert len(row) == 1
    detail, remedy, camera_id, facts = row[0]
    assert detail == "12 crossings were refused. The edge box keeps them, and the data is incomplete."
    assert "metrica-edge outbox dead" in remedy
    assert camera_id == shop.camera_id
    assert facts == {"crossings": 12}


def test_incidents_are_kept_for_400_days(shop: Shop) -> None:
    shop.connection.execute(
        "INSERT INTO incidents"
        " (type, store_id, object_id, detail, remedy, started_at, found_at, opened_at, ended_at, closed_at)"
        " SELECT 'slow', %s, 'a camera of before', 'Slow.', 'Wait.', ended, ended, ended, ended, ended"
        " FROM (VALUES (%s::timestamptz)) AS past (ended)",
        [shop.store_id, at(9)],
    )
    shop.run(at(9) + 400 * DAY)
    assert len(shop.incidents()) == 1
    shop.run(at(9, 1) + 400 * DAY)
    assert shop.incidents() == []


def test_a_store_with_invalid_settings_does_not_stop_the_others(shop: Shop) -> None:
    broken = make_store(shop.connection)
    for table in ("stores", "store_settings"):
        column = "id" if table == "stores" else "store_id"
        shop.connection.execute(f"UPDATE {table} SET timezone = 'Mars/Base' WHERE {column} = %s".encode(), [broken])
    shop.report(at(9, 30))
    with pytest.raises(IncidentsError, match="Mars/Base"):
        shop.run(at(9, 40))
    assert shop.incidents() == [("camera_offline", at(9, 40), None)]


def observe(shop: Shop, start: datetime, minutes: int) -> None:
    first = start.astimezone(UTC)
    insert_minutes(shop.connection, shop.store_id, shop.camera_id, [Minute(first + n * MINUTE) for n in range(minutes)])
