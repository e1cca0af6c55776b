"""The stored first hours of store-days in progress."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import isnan
from typing import Any

from sqlalchemy import ARRAY, Integer, Text, cast, func, select, type_coerce
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import NULLTYPE

from db.timescale.tables import store_first_hours
from functions.api.kpi.day_kpis import FORMULA_VERSION, DayKpis
from functions.api.kpi.enums import BucketState
from functions.api.kpi.first_hours import FirstHours, HourVisitors
from functions.api.kpi.live_occupancy import LiveOccupancy
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import any_of, unnest_rows
from functions.api.repositories.data_versions import version_of
from functions.api.repositories.packed_rows import Days, PackedRows, Times
from functions.api.repositories.store_days import number_of_state
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

_h = store_first_hours.c
_STATES = list(BucketState)
_STATE_OF = {str(state): state for state in BucketState}
_KPIS = tuple(name for name in DayKpis._fields if name in _h and name not in {"day", "state", "occupancy_peak"})
_KEY = ("day", "starts_at", "ends_at", "until", "live_occupancy", "live_unmatched_exits")
_PACKED = PackedRows(
    [
        *(_h[name] for name in _KEY),
        number_of_state(_h.state),
        func.coalesce(_h.occupancy_peak, cast("NaN", _h.occupancy_peak.type)),
        *(_h[name] for name in _KPIS),
    ]
)
_ARRAYS: dict[str, ARRAY[Any]] = {"hour_visitors": ARRAY(Integer()), "hour_states": ARRAY(Text())}


def read_first_hours(
    connection: Connection, asked: Sequence[tuple[ReadableStore, date, Window]]
) -> list[FirstHours | None]:
    """Return for each store the valid first hours of its store-day; None where there are none.

    Args:
        connection: the connection; its statements should see one snapshot.
        asked: the stores, their store-days, and the windows of these.
    """
    if not asked:
        return []
    statement = (
        select(
            _h.store_id,
            _PACKED.aggregate,
            type_coerce(_h.hour_visitors, NULLTYPE),  # psycopg makes the lists; SQLAlchemy would copy them
            type_coerce(_h.hour_states, NULLTYPE),
        )
        .where(
            _h.store_id == any_of({store.id for store, _, _ in asked}),
            _h.formula_version == FORMULA_VERSION,
            _h.data_version == version_of(_h.store_id, _h.starts_at, _h.until),
        )
        .group_by(_h.store_id)
    )
    rows = {store_id: rest for store_id, *rest in connection.execute(statement)}
    times, days = Times(), Days()
    found: list[FirstHours | None] = []
    for store, day, window in asked:
        first_hours = None
        if store.id in rows:
            data, visitors, states = rows[store.id]
            ((of_day, starts_at, ends_at, until, inside, unmatched, state, peak, *kpis),) = _PACKED.unpack(data)
            if (days[of_day], times[starts_at], times[ends_at]) == (day, window.start, window.end):
                first_hours = FirstHours(
                    times[until],
                    DayKpis(
                        day=day,
                        state=_STATES[state - 1],
                        is_complete=False,
                        overdue_s=0.0,
                        residual=None,
                        dwell_s=None,
                        occupancy_peak=None if isnan(peak) else peak,
                        **dict(zip(_KPIS, kpis, strict=True)),
                    ),
                    LiveOccupancy(inside, unmatched),
                    tuple([HourVisitors(n, _STATE_OF[name]) for n, name in zip(visitors, states, strict=True)]),
                )
        found.append(first_hours)
    return found


def write_first_hours(connection: Connection, days: Iterable[tuple[ReadableStore, Window, FirstHours, int]]) -> None:
    """Store first hours: each with its store, the window of its store-day and the version of its data."""
    rows = [
        (
            store.id,
            *(first_hours.kpis.day, window.start, window.end, first_hours.until),
            *(first_hours.occupancy.occupancy, first_hours.occupancy.unmatched_exits),
            *(version, FORMULA_VERSION, first_hours.kpis.state, first_hours.kpis.occupancy_peak),
            *(getattr(first_hours.kpis, name) for name in _KPIS),
            _to_array("NULL" if hour.visitors is None else str(hour.visitors) for hour in first_hours.hours),
            _to_array(hour.state for hour in first_hours.hours),
        )
        for store, window, first_hours, version in days
    ]
    if not rows:
        return
    names = ["store_id", *_KEY, "data_version", "formula_version", "state", "occupancy_peak", *_KPIS, *_ARRAYS]
    types = {name: Text() if name in _ARRAYS else _h[name].type for name in names}
    row = unnest_rows("new_hours", types, rows).c  # an array of arrays of several lengths cannot be sent
    values = [cast(row[name], _ARRAYS[name]) if name in _ARRAYS else row[name] for name in names]
    new = insert(store_first_hours).from_select(names, select(*values))
    changed = {column.name: new.excluded[column.name] for column in _h if column.name != "store_id"}
    connection.execute(new.on_conflict_do_update(index_elements=["store_id"], set_=changed))


def _to_array(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"
