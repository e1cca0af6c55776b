"""Repository of the public holidays of stores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import public_holidays
from functions.admin.public_holidays import PublicHoliday
from functions.common.database import Connection
from functions.common.identity import Superadmin


def replace_holidays(
    connection: Connection,
    _admin: Superadmin,
    store_id: UUID,
    holidays: Mapping[date, PublicHoliday],
    *,
    today: date,
    closed: bool,
) -> None:
    """Replace the public holidays of a store, except those before today on which it was closed.

    Args:
        connection: the connection of the request.
        store_id: the store.
        holidays: the public holidays by date.
        today: the first date on which the store is closed if `closed`.
        closed: whether the store is closed on public holidays.
    """
    c = public_holidays.c
    replaced = or_(c.day >= today, ~c.is_closed)
    connection.execute(delete(public_holidays).where(c.store_id == store_id, replaced))
    rows = [
        {
            "store_id": store_id,
            "day": day,
            "name": holiday.name,
            "names": dict(holiday.names),
            "is_closed": closed and day >= today,
        }
        for day, holiday in holidays.items()
    ]
    if rows:
        connection.execute(insert(public_holidays).on_conflict_do_nothing(), rows)


def set_closed(connection: Connection, _admin: Superadmin, store_id: UUID, *, today: date, closed: bool) -> None:
    """Set whether a store is closed on the public holidays from today on."""
    c = public_holidays.c
    connection.execute(update(public_holidays).where(c.store_id == store_id, c.day >= today).values(is_closed=closed))
