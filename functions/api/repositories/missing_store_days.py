"""The store-days without a valid row in `store_days`, listed by one statement."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Column, Date, DateTime, Integer, Interval, Uuid, and_, func, literal, select, true

from db.timescale.tables import store_days
from functions.api.kpi.day_kpis import FORMULA_VERSION
from functions.api.kpi.day_runs import find_day_runs
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import unnest_rows
from functions.api.repositories.data_versions import version_of
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def list_days_to_compute(
    connection: Connection, asked: Sequence[tuple[ReadableStore, Mapping[date, Window]]], limit: int
) -> list[tuple[int, date]]:
    """Return the newest store-days without a valid row: the index of the store, and the day.

    Args:
        connection: the connection.
        asked: the stores and the windows of their store-days.
        limit: the most days to return.
    """
    runs = [(index, store.id, *run) for index, (store, windows) in enumerate(asked) for run in find_day_runs(windows)]
    if not runs:
        return []
    run = unnest_rows(
        "run",
        {
            "query_index": Integer(),
            "store_id": Uuid(),
            "first_day": Date(),
            "days": Integer(),
            "starts_at": DateTime(timezone=True),
            "length": Interval(),
        },
        runs,
    )
    r = run.c
    numbers = func.generate_series(0, r.days - 1).table_valued(Column("number", Integer)).render_derived("numbers")
    starts_at = r.starts_at + numbers.c.number * r.length
    expected = (
        select(
            r.query_index,
            r.store_id,
            (r.first_day + numbers.c.number).label("day"),
            starts_at.label("starts_at"),
            (starts_at + r.length).label("ends_at"),
        )
        .join_from(run, numbers, true())
        .subquery("expected")
    )
    e, d = expected.c, store_days.c
    is_valid = and_(
        d.store_id == e.store_id,
        d.day == e.day,
        d.starts_at == e.starts_at,
        d.ends_at == e.ends_at,
        d.formula_version == FORMULA_VERSION,
        d.data_version == version_of(d.store_id, d.starts_at, d.ends_at),
    )
    statement = (
        select(e.query_index, e.day)
        .where(~select(literal(1)).select_from(store_days).where(is_valid).exists())
        .order_by(e.day.desc(), e.query_index)
        .limit(limit)
    )
    return [(row.query_index, row.day) for row in connection.execute(statement)]
