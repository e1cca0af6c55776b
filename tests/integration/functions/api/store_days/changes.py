"""What changes the store-days of a store: late data, corrections and other settings, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from db.timescale.aggregate_refresh import refresh_range
from tests.database import run_refresh_job
from tests.factories import Event, insert_events, make_camera
from tests.integration.functions.api.store_days.days import DAY, HOUR, START
from tests.integration.functions.api.store_fixture import StoreFixture


def _use_line(store: StoreFixture, at: datetime, version: int) -> None:
    store.connection.execute(
        "INSERT INTO camera_line_minutes (camera_id, day, line_version, first_minute, last_minute)"
        " VALUES (%(camera)s, %(at)s::date, 1, %(at)s, %(at)s), (%(camera)s, %(at)s::date, %(version)s, %(at)s, %(at)s)"
        " ON CONFLICT (camera_id, day, line_version)"
        " DO UPDATE SET last_minute = greatest(camera_line_minutes.last_minute, excluded.last_minute)",
        {"camera": store.camera_id, "at": at, "version": version},
    )


def _set_special_day(store: StoreFixture, at: datetime, opening_hours: str | None) -> None:
    store.connection.execute(
        "INSERT INTO special_days (store_id, day, opening_hours, note) VALUES (%s, %s, %s, 'Note')"
        " ON CONFLICT (store_id, day) DO UPDATE SET opening_hours = excluded.opening_hours",
        [store.store_id, at.date(), opening_hours],
    )


def _load_history(store: StoreFixture, at: datetime) -> None:
    store.connection.execute(
        "INSERT INTO events (ts, camera_id, store_id, event_id, direction) VALUES (%s, %s, %s, %s, 'IN')",
        [at, store.camera_id, store.store_id, uuid4()],
    )
    refresh_range(store.connection, at, at)


CHANGES: dict[str, Callable[[StoreFixture, datetime], Any]] = {
    "a late crossing": lambda store, at: store.add_late_crossings(ins=[at]),
    "late crossings of two weeks in a batch": lambda store, at: store.add_late_crossings(ins=[START + 6 * DAY, at]),
    "a late crossing and a refresh": lambda store, at: store.add_crossings(outs=[at]),
    "late minutes": lambda store, at: store.add_observed_minutes(
        at, at + HOUR, make_camera(store.connection, store.store_id, created_at=START, delivered_until=store.now)
    ),
    "a correction": lambda store, at: store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, 7)", [store.store_id, at]
    ),
    "a correction that is taken back": lambda store, _at: store.connection.execute(
        "DELETE FROM occupancy_resets WHERE store_id = %s", [store.store_id]
    ),
    "other opening hours": lambda store, at: store.change_settings(at, opening_hours={"mon": [["10:00", "12:00"]]}),
    "another time after closing": lambda store, at: store.change_settings(
        at, opening_hours={"mon": [["10:00", "12:00"]], "wed": [["09:00", "11:00"]]}, closing_grace_minutes=15
    ),
    "another time zone": lambda store, at: store.change_settings(at, timezone="Asia/Kathmandu", day_start=time(4)),
    "a camera that stops counting": lambda store, at: store.connection.execute(
        "UPDATE camera_counting_periods SET counts_until = date_bin('15 minutes', %s, 'epoch')"
        " WHERE store_id = %s AND counts_from < %s",
        [at, store.store_id, at - DAY],
    ),
    "a second camera": lambda store, at: insert_events(
        store.connection, store.store_id, store.add_camera(created_at=at - DAY), [Event(at)]
    ),
    "a camera that has not delivered": lambda store, at: store.connection.execute(
        "UPDATE cameras SET delivered_until = %s WHERE id = %s", [at, store.camera_id]
    ),
    "a camera that has delivered": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET delivered_until = %s WHERE store_id = %s", [store.now, store.store_id]
    ),
    "an archived camera": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET archived_at = now() WHERE id = %s", [store.camera_id]
    ),
    "a restored camera": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET archived_at = NULL WHERE id = %s", [store.camera_id]
    ),
    "another line": lambda store, at: _use_line(store, at, 2),
    "other hours on a special day": lambda store, at: _set_special_day(store, at, '[["10:00", "11:30"]]'),
    "a special day on which the store is closed": lambda store, at: _set_special_day(store, at, "[]"),
    "a special day with a note only": lambda store, at: _set_special_day(store, at, None),
    "no special days": lambda store, _at: store.connection.execute(
        "DELETE FROM special_days WHERE store_id = %s", [store.store_id]
    ),
    "a public holiday on which the store is closed": lambda store, at: store.connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Holiday', true)"
        " ON CONFLICT (store_id, day) DO UPDATE SET is_closed = NOT public_holidays.is_closed",
        [store.store_id, at.date()],
    ),
    "the flag of the counting line": lambda store, _at: store.connection.execute(
        "UPDATE cameras SET is_counting_line = NOT is_counting_line WHERE id = %s", [store.camera_id]
    ),
    "another start of the store-days": lambda store, at: store.change_settings(at, day_start=time(4, 30)),
    "a zone across the date line": lambda store, at: store.change_settings(at, timezone="Pacific/Apia"),
    "loaded history": _load_history,
    "a refresh": lambda store, _at: run_refresh_job(store.connection),
}
