"""Repository of the maintenance Lambda. It serves no caller, so its functions take none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from functions.admin.public_holidays import PublicHoliday
from functions.admin.time_zone_check import ComparedTimes, TimeZoneOffsets
from functions.common.database_jobs import JobStatus

Connection = psycopg.Connection[Any]


def delete_expired_invites(connection: Connection, expired_for: timedelta) -> int:
    """Delete unaccepted invitations that expired longer ago than this, and return their number."""
    statement = "DELETE FROM store_invites WHERE accepted_at IS NULL AND expires_at < now() - %s"
    return connection.execute(statement, [expired_for]).rowcount


def delete_old_idempotency_keys(connection: Connection, older_than: timedelta) -> int:
    """Delete idempotency keys that were first sent longer ago than this, and return their number."""
    return connection.execute("DELETE FROM idempotency_keys WHERE created_at < now() - %s", [older_than]).rowcount


def read_snapshot_keys(connection: Connection) -> set[str]:
    """Return the object keys of the snapshots that cameras refer to."""
    rows = connection.execute("SELECT snapshot_key FROM cameras WHERE snapshot_key IS NOT NULL").fetchall()
    return {row[0] for row in rows}


def time_since_refresh(connection: Connection) -> tuple[timedelta, timedelta | None]:
    """Return how long ago the refresh job last finished, and how long ago what it has refreshed ends.

    The second is None before the first run of the job.
    """
    statement = "SELECT now() - refreshed_at, now() - refreshed_until FROM aggregate_refresh"
    finished, refreshed_until = connection.execute(statement).fetchall()[0]
    return finished, refreshed_until


def read_time_zone_offsets(connection: Connection, times: ComparedTimes) -> list[TimeZoneOffsets]:
    """Return the time zones of the stores, with the database's offsets."""
    with connection.cursor(row_factory=class_row(TimeZoneOffsets)) as cursor:
        return cursor.execute(
            "SELECT * FROM time_zone_offsets(%s, %s, %s)", [times.first, times.last, times.step]
        ).fetchall()


def read_job_status(connection: Connection) -> list[JobStatus]:
    """Return the status of the refresh job, the columnstore policies and the retention policies."""
    with connection.cursor(row_factory=class_row(JobStatus)) as cursor:
        return cursor.execute("SELECT * FROM job_status()").fetchall()


@dataclass(frozen=True, slots=True)
class HolidayStore:
    """A store whose public holidays end too early.

    Attributes:
        id: the store.
        country: its country.
        region: its region, or None.
        closed_on_holidays: whether it is closed on public holidays.
        last_year: the year of its last public holiday; 0 when it has none.
    """

    id: UUID
    country: str
    region: str | None
    closed_on_holidays: bool
    last_year: int


def list_stores_without_holidays(connection: Connection, day: date) -> list[HolidayStore]:
    """Return the stores with a country that have no public holiday on or after a day."""
    with connection.cursor(row_factory=class_row(HolidayStore)) as cursor:
        return cursor.execute(
            "SELECT s.id, s.country, s.region, s.closed_on_holidays,"
            " coalesce(extract(year FROM max(h.day)), 0)::integer AS last_year"
            " FROM stores s LEFT JOIN public_holidays h ON h.store_id = s.id"
            " WHERE s.country IS NOT NULL AND s.archived_at IS NULL"
            " GROUP BY s.id HAVING coalesce(max(h.day) < %s, true)",
            [day],
        ).fetchall()


def insert_public_holidays(connection: Connection, store: HolidayStore, holidays: Mapping[date, PublicHoliday]) -> None:
    """Insert the public holidays of a store that it does not have yet."""
    connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, names, is_closed)"
        " SELECT %s, day, name, names::jsonb, %s FROM unnest(%s::date[], %s::text[], %s::text[])"
        " AS new (day, name, names) ON CONFLICT DO NOTHING",
        [
            store.id,
            store.closed_on_holidays,
            list(holidays),
            [holiday.name for holiday in holidays.values()],
            [json.dumps(dict(holiday.names)) for holiday in holidays.values()],
        ],
    )


@dataclass(frozen=True, slots=True)
class UnnamedHolidays:
    """A store with public holidays whose names in other languages were not looked up yet.

    Attributes:
        id: the store.
        country: its country.
        region: its region, or None.
        first_year: the year of the first of these holidays.
        last_year: the year of the last one.
    """

    id: UUID
    country: str
    region: str | None
    first_year: int
    last_year: int


def list_stores_with_unnamed_holidays(connection: Connection) -> list[UnnamedHolidays]:
    """Return the stores with a country that have public holidays without names in other languages."""
    with connection.cursor(row_factory=class_row(UnnamedHolidays)) as cursor:
        return cursor.execute(
            "SELECT s.id, s.country, s.region, extract(year FROM min(h.day))::integer AS first_year,"
            " extract(year FROM max(h.day))::integer AS last_year"
            " FROM stores s JOIN public_holidays h ON h.store_id = s.id"
            " WHERE s.country IS NOT NULL AND s.archived_at IS NULL AND h.names IS NULL GROUP BY s.id"
        ).fetchall()


def set_holiday_names(connection: Connection, store_id: UUID, holidays: Mapping[date, PublicHoliday]) -> None:
    """Set the names of the public holidays of a store that have none: `{}` for one that the list does not have.

    A store that has moved keeps holidays of its former country. They keep their one name.
    """
    connection.execute(
        "UPDATE public_holidays h SET names = coalesce(new.names::jsonb, '{}') FROM public_holidays old"
        " LEFT JOIN unnest(%s::date[], %s::text[], %s::text[]) AS new (day, name, names)"
        " ON new.day = old.day AND new.name = old.name"
        " WHERE h.store_id = %s AND h.names IS NULL AND old.store_id = h.store_id AND old.day = h.day",
        [
            list(holidays),
            [holiday.name for holiday in holidays.values()],
            [json.dumps(dict(holiday.names)) for holiday in holidays.values()],
            store_id,
        ],
    )
