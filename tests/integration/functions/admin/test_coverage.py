"""How much of the open time of the last days the cameras have observed, through the admin API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from db.timescale.aggregate_refresh import refresh_range
from tests.factories import Minute, insert_minutes
from tests.integration.functions.admin.conftest import Admin

Connection = psycopg.Connection[Any]


def days_of(admin: Admin, camera: str) -> list[dict[str, Any]]:
    cameras = admin.get("/admin/health/coverage")["cameras"]
    [found] = [entry["days"] for entry in cameras if entry["camera_id"] == camera.rpartition("/")[2]]
    return list(found)


def test_the_observed_minutes_of_a_day_are_beside_the_open_ones(admin: Admin, connection: Connection) -> None:
    store = admin.store(timezone="Etc/UTC")
    camera = admin.camera(store)
    store_id, camera_id = (UUID(path.rpartition("/")[2]) for path in (store, camera))
    yesterday = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    connection.execute("UPDATE cameras SET created_at = %s WHERE id = %s", [yesterday - timedelta(days=30), camera_id])
    minutes = [Minute(yesterday + timedelta(hours=10, minutes=n), frames=0 if n == 7 else 600) for n in range(90)]
    insert_minutes(connection, store_id, camera_id, minutes)
    # Another test may have moved the watermark past yesterday.
    refresh_range(connection, yesterday, yesterday + timedelta(days=1))
    days = days_of(admin, camera)
    assert [day["day"] for day in days] == [str((yesterday + timedelta(days=n)).date()) for n in range(-5, 2)]
    assert (days[5]["observed_minutes"], days[5]["open_minutes"]) == (89, 24 * 60)

    weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[yesterday.weekday()]
    admin.ask("PATCH", store, {"opening_hours": {weekday: [["10:00", "11:00"]]}})
    days = days_of(admin, camera)
    assert (days[5]["observed_minutes"], days[5]["open_minutes"]) == (59, 60)
    assert [day["open_minutes"] for day in days[:5]] == [0] * 5

    connection.execute(
        "INSERT INTO special_days (store_id, day, opening_hours) VALUES (%s, %s, '[]')", [store_id, yesterday.date()]
    )
    assert days_of(admin, camera)[5]["open_minutes"] == 0


def test_a_camera_that_is_archived_or_of_an_archived_store_is_left_out(admin: Admin) -> None:
    store = admin.store()
    camera = admin.camera(store)
    admin.post(f"{camera}/archive", status=200)
    other = admin.store()
    of_archived = admin.camera(other)
    admin.post(f"{other}/archive", status=200)
    listed = {entry["camera_id"] for entry in admin.get("/admin/health/coverage")["cameras"]}
    assert not listed & {path.rpartition("/")[2] for path in (camera, of_archived)}
