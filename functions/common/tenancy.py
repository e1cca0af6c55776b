"""Isolation of tenants: the stores that a caller may read.

Every repository of the owner API starts from `select_readable_stores(caller)` or from a `ReadableStore`, which only
this module makes. There is no row-level security behind it: continuous aggregates and the columnstore do not support
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path
from sqlalchemy import ColumnElement, Label, Select, cast, exists, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by

from db.timescale.tables import (
    public_holidays,
    report_subscriptions,
    special_days,
    store_members,
    store_settings,
    stores,
    wall_links,
)

from .authentication import CurrentUser
from .database import Connection, ConnectionDep
from .identity import Caller
from .problems import NotFound

StoreId = Annotated[UUID, Path(description="The store.")]


class StoreNotFound(NotFound):
    """The store does not exist, or is not the caller's: the same response for both."""

    type = "store_not_found"
    default_detail = "Store not found."


@dataclass(frozen=True, slots=True)
class ReadableStore:
    """A store that the caller may read, with the caller's role in it.

    Attributes:
        id: the store.
        name: its name.
        timezone: the time zone that is valid now.
        capacity: the capacity that is valid now.
        first_weekday: the day on which its weeks begin, 1 = Monday.
        settings: the rows of `store_settings`, oldest first, as JSON; `valid_from` and `starts_at` of the first are
            null.
        special_hours: the opening hours of special days, by date; an empty list where the store is closed.
        role: the role of the caller.
    """

    id: UUID
    name: str
    timezone: str
    capacity: int | None
    first_weekday: int
    settings: list[dict[str, Any]]
    special_hours: dict[str, list[list[str]]]
    role: str


def select_readable_stores(caller: Caller) -> Select[Any]:
    """Return the query of the caller's stores that are not archived, ordered by name."""
    return (
        _select_stores(store_members.c.role)
        .join(store_members, store_members.c.store_id == stores.c.id)
        .where(store_members.c.user_id == caller.user_id, stores.c.archived_at.is_(None))
        .order_by(stores.c.name, stores.c.id)
    )


def _select_stores(role: ColumnElement[Any]) -> Select[Any]:
    """Return the query of a ReadableStore, without conditions."""
    return select(
        stores.c.id,
        stores.c.name,
        stores.c.timezone,
        stores.c.capacity,
        stores.c.first_weekday,
        _settings_of_store(),
        _special_hours_of_store(),
        role,
    )


def _settings_of_store() -> Label[Any]:
    s = store_settings.c
    row = func.json_build_object(
        *("valid_from", func.nullif(s.valid_from, cast("-infinity", s.valid_from.type))),
        *("starts_at", func.nullif(s.starts_at, cast("-infinity", s.starts_at.type))),
        *("timezone", s.timezone),
        *("day_start", s.day_start),
        *("opening_hours", s.opening_hours),
        *("closing_grace_minutes", s.closing_grace_minutes),
        *("capacity", s.capacity),
    )
    rows = select(func.json_agg(aggregate_order_by(row, s.valid_from))).where(s.store_id == stores.c.id)
    return rows.scalar_subquery().label("settings")


def _special_hours_of_store() -> Label[Any]:
    own, holiday = special_days.c, public_holidays.c
    has_own_hours = (
        select(own.day)
        .where(own.store_id == holiday.store_id, own.day == holiday.day, own.opening_hours.is_not(None))
        .exists()
    )
    days = union_all(
        select(own.store_id, own.day, own.opening_hours).where(own.opening_hours.is_not(None)),
        select(holiday.store_id, holiday.day, cast(literal("[]"), own.opening_hours.type)).where(
            holiday.is_closed, ~has_own_hours
        ),
    ).subquery()
    by_day = select(func.jsonb_object_agg(days.c.day, days.c.opening_hours)).where(days.c.store_id == stores.c.id)
    none = cast(literal("{}"), own.opening_hours.type)
    return func.coalesce(by_day.scalar_subquery(), none).label("special_hours")


def list_readable_stores(connection: Connection, caller: Caller) -> list[ReadableStore]:
    """Return the caller's stores, ordered by name."""
    return [ReadableStore(**row) for row in connection.execute(select_readable_stores(caller)).mappings()]


def list_all_stores(connection: Connection) -> list[ReadableStore]:
    """Return every store that is not archived, for a scheduled job. No request may call this."""
    return _list_for_job(connection, stores.c.archived_at.is_(None))


def list_stores_with_reports(connection: Connection) -> list[ReadableStore]:
    """Return the stores with a subscription of reports that are not archived, for the job of the reports."""
    subscribed = select(report_subscriptions.c.store_id)
    return _list_for_job(connection, stores.c.archived_at.is_(None), stores.c.id.in_(subscribed))


def _list_for_job(connection: Connection, *conditions: ColumnElement[bool]) -> list[ReadableStore]:
    return _list_stores_as("maintenance", connection, *conditions)


def _list_stores_as(role: str, connection: Connection, *conditions: ColumnElement[bool]) -> list[ReadableStore]:
    statement = _select_stores(literal(role).label("role"))
    rows = connection.execute(statement.where(*conditions).order_by(stores.c.id)).mappings()
    return [ReadableStore(**row) for row in rows]


def get_readable_store(connection: Connection, caller: Caller, store_id: UUID) -> ReadableStore:
    """Return one of the caller's stores.

    Raises:
        StoreNotFound: the caller has no such store, or it is archived.
    """
    row = connection.execute(select_readable_stores(caller).where(stores.c.id == store_id)).mappings().one_or_none()
    if row is None:
        raise StoreNotFound
    return ReadableStore(**row)


def get_store_of_wall_link(connection: Connection, store_id: UUID, token_sha256: bytes) -> ReadableStore | None:
    """Return a store that has a wall link with this token; None without one, or when the store is archived.

    Args:
        connection: the connection of the request.
        store_id: the store.
        token_sha256: the digest of the token, which is the proof.
    """
    has_link = exists().where(wall_links.c.store_id == stores.c.id, wall_links.c.token_sha256 == token_sha256)
    found = _list_stores_as("wall", connection, stores.c.id == store_id, stores.c.archived_at.is_(None), has_link)
    return found[0] if found else None


def _get_store(store_id: StoreId, caller: CurrentUser, connection: ConnectionDep) -> ReadableStore:
    return get_readable_store(connection, caller, store_id)


StoreDep = Annotated[ReadableStore, Depends(_get_store)]
"""The store of the path parameter `store_id`; 404 when the caller may not read it."""
