"""The versions of the data that stored numbers rest on: how often each UTC date of a store has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Date, ScalarSelect, cast, func, or_, select

from db.timescale.tables import store_data_versions as versions
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import any_of
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

WHOLE_HISTORY = cast("-infinity", Date)
"""The date of a change of the whole history."""

_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DataVersions:
    """The versions of the data of a store.

    Attributes:
        whole_history: how often the whole history has changed.
        by_date: how often each UTC date has changed.
    """

    whole_history: int
    by_date: Mapping[date, int]

    def of(self, window: Window) -> int:
        """Return the version of the dates that a window overlaps."""
        version = self.whole_history
        if self.by_date:
            first, last = window.start.date(), (window.end - _INSTANT).date()
            while first <= last:
                version += self.by_date.get(first, 0)
                first += _DAY
        return version


UNCHANGED = DataVersions(0, {})
"""The versions of a store that has never changed."""


def read_versions(
    connection: Connection, stores: Iterable[ReadableStore], since: date = date.min
) -> dict[UUID, DataVersions]:
    """Return the versions of each store that has changed.

    Args:
        connection: the connection.
        stores: the stores.
        since: the first UTC date that is needed.
    """
    utc_date = func.nullif(versions.c.utc_date, WHOLE_HISTORY)
    statement = select(versions.c.store_id, utc_date, versions.c.version).where(
        versions.c.store_id == any_of({store.id for store in stores}),
        or_(versions.c.utc_date >= since, versions.c.utc_date == WHOLE_HISTORY),
    )
    rows: dict[UUID, dict[date | None, int]] = {}
    for store_id, changed, version in connection.execute(statement):
        rows.setdefault(store_id, {})[changed] = version
    return {
        store_id: DataVersions(of_store.get(None, 0), {each: version for each, version in of_store.items() if each})
        for store_id, of_store in rows.items()
    }


def read_data_versions(connection: Connection, windows: Sequence[tuple[ReadableStore, Window]]) -> list[int]:
    """Return for each window of a store the version of the data that its numbers rest on."""
    current = read_versions(connection, (store for store, _ in windows))
    return [current.get(store.id, UNCHANGED).of(window) for store, window in windows]


def version_of(
    store_id: Column[UUID], start: ColumnElement[datetime], end: ColumnElement[datetime]
) -> ScalarSelect[int]:
    """Return the version of the data of the UTC dates that a time overlaps, for a row of stored numbers in SQL.

    Args:
        store_id: the store of the row.
        start: the start of the time.
        end: its end, exclusive.
    """
    return (
        select(func.coalesce(func.sum(versions.c.version), 0))
        .where(
            versions.c.store_id == store_id,
            or_(
                versions.c.utc_date == WHOLE_HISTORY,
                versions.c.utc_date.between(_utc_date(start), _utc_date(end - _INSTANT)),
            ),
        )
        .scalar_subquery()
    )


def _utc_date(at: ColumnElement[datetime]) -> ColumnElement[date]:
    return cast(func.timezone("UTC", at), Date)
