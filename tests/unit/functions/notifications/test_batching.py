"""Which changes of incidents become a message, and when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from functions.common.incidents import INCIDENT_TITLES, IncidentType
from functions.notifications.batching import MAX_CHANGES, Change, QuietHours, select_due_changes

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NIGHT = QuietHours(time(22), time(7))


def change(found_at: datetime = NOON, **values: Any) -> Change:
    return Change(
        **{
            "channel_id": UUID(int=1),
            "quiet_hours": None,
            "event": "opened",
            "found_at": found_at,
            "incident_id": uuid4(),
            "type": IncidentType.CAMERA_OFFLINE,
            "store_id": UUID(int=2),
            "store_name": "Store",
            "timezone": "UTC",
            "camera_id": UUID(int=3),
            "camera_name": "Door",
            "detail": "Nothing arrives.",
            "remedy": "Check its power.",
            "started_at": found_at - 5 * MINUTE,
            "opened_at": found_at,
            "closed_at": None,
            **values,
        }
    )


def test_a_message_waits_ten_minutes_for_other_incidents() -> None:
    changes = [change(NOON), change(NOON + 4 * MINUTE), change(NOON + 9 * MINUTE)]
    assert select_due_changes(changes, NOON + 9 * MINUTE) == []
    assert select_due_changes(changes, NOON + 10 * MINUTE) == changes


def test_an_incident_stands_before_its_end_and_the_oldest_first() -> None:
    first, second = change(NOON - 2 * MINUTE), change(NOON)
    ended = change(NOON + MINUTE, event="closed", incident_id=first.incident_id, opened_at=first.opened_at)
    assert select_due_changes([second, ended, first], NOON + 10 * MINUTE) == [first, ended, second]


def test_quiet_hours_span_midnight_by_the_clock_of_the_store_and_hold_critical_incidents_too() -> None:
    rome = ZoneInfo("Europe/Rome")
    waiting = [change(datetime(2026, 11, 25, 23, tzinfo=rome), quiet_hours=NIGHT, timezone="Europe/Rome")]
    for at in (datetime(2026, 11, 25, 23, 30, tzinfo=rome), datetime(2026, 11, 26, 6, 59, tzinfo=rome)):
        assert select_due_changes(waiting, at.astimezone(UTC)) == []
    assert select_due_changes(waiting, datetime(2026, 11, 26, 7, tzinfo=rome)) == waiting


def test_quiet_hours_on_the_days_on_which_the_clocks_change() -> None:
    rome = ZoneInfo("Europe/Rome")
    for day in ((2026, 3, 29), (2026, 10, 25)):
        end = datetime(*day, 7, tzinfo=rome)
        waiting = [change(end - timedelta(hours=6), quiet_hours=NIGHT, timezone="Europe/Rome")]
        assert select_due_changes(waiting, end.astimezone(UTC) - MINUTE) == []
        assert select_due_changes(waiting, end.astimezone(UTC)) == waiting


def test_a_store_in_another_zone_is_not_held_up_by_the_night_of_the_first() -> None:
    sleeping = change(NOON, quiet_hours=NIGHT, timezone="Pacific/Auckland")  # 01:00
    awake = change(NOON, quiet_hours=NIGHT, timezone="Europe/Rome")
    assert select_due_changes([sleeping, awake], NOON + 10 * MINUTE) == [awake]


def test_quiet_hours_within_a_day() -> None:
    lunch = QuietHours(time(12), time(13))
    assert [lunch.contain(time(hour)) for hour in (11, 12, 13)] == [False, True, False]


def test_a_job_of_the_database_and_an_unknown_zone_have_the_clock_of_utc() -> None:
    for zone in (None, "Mars/Base"):
        assert change(timezone=zone).zone == ZoneInfo("UTC")


def test_a_message_has_a_limit_and_the_rest_stays() -> None:
    changes = [change(NOON) for _ in range(MAX_CHANGES + 5)]
    assert len(select_due_changes(changes, NOON + 10 * MINUTE)) == MAX_CHANGES


def test_every_type_of_incident_has_a_title() -> None:
    assert set(INCIDENT_TITLES) == set(IncidentType)
