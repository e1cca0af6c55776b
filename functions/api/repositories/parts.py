"""Statements that answer many queries: those of the same dates are one part, and the parts are joined by UNION ALL.

The bounds of a part are constants, so that chunks are excluded when the statement is planned.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Select, union_all

_DAY = timedelta(days=1)

MAX_PARTS_PER_STATEMENT = 50
"""Statements of hundreds of parts exhaust the stack of the server."""


def group_by_dates(asked: Iterable[tuple[int, tuple[datetime, datetime]]]) -> Iterator[list[list[int]]]:
    """Yield the parts of each statement.

    Args:
        asked: for each query its index, and the first and the last time that it reads.

    Returns:
        For each statement its parts: the indexes of queries with the same two UTC dates, or with one date less.
    """
    parts: dict[tuple[date, date], list[int]] = {}
    for index, (first, last) in asked:
        parts.setdefault((first.date(), last.date()), []).append(index)
    extended: set[tuple[date, date]] = set()
    for first_day, last_day in list(parts):
        # A store-day of another zone overlaps one date less: planning a part takes longer than reading some more rows.
        longer = ((first_day - _DAY, last_day), (first_day, last_day + _DAY))
        other = next((dates for dates in longer if dates in parts), None)
        if other is not None and (first_day, last_day) not in extended:
            extended.add(other)
            parts[other] += parts.pop((first_day, last_day))
    grouped = list(parts.values())
    for first_part in range(0, len(grouped), MAX_PARTS_PER_STATEMENT):
        yield grouped[first_part : first_part + MAX_PARTS_PER_STATEMENT]


def union(selects: Sequence[Select[*tuple[Any, ...]]]) -> Executable:
    """Return a statement with the rows of all parts."""
    return selects[0] if len(selects) == 1 else union_all(*selects)
