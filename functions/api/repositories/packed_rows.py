"""Rows of numbers as one value: in the binary format of PostgreSQL, a month of 100 stores is read in milliseconds.

An array per column costs twice as much on both sides, JSON four times (measured on the embedded server): each number is
written as text and parsed again.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from struct import Struct
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, DateTime, Float, Integer, LargeBinary, func, literal

_SENT = (
    (Boolean, "boolsend", "?"),
    (BigInteger, "int8send", "q"),
    (Integer, "int4send", "i"),
    (Float, "float8send", "d"),
    (Date, "date_send", "i"),
    (DateTime, "timestamptz_send", "q"),
)
"""The type of a column, the function that returns its binary format, and the code of that format in `struct`."""

_FIRST_DAY = date(2000, 1, 1).toordinal()
_FIRST_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class PackedRows:
    """Rows of some columns, packed into one value by an aggregate.

    No value may be NULL: `coalesce` it to a number that the column never has.

    Attributes:
        aggregate: the column of the statement with the packed rows of a group.
    """

    aggregate: ColumnElement[bytes]

    def __init__(self, columns: Sequence[ColumnElement[Any]], stored: ColumnElement[bytes] | None = None) -> None:
        """Pack columns.

        Args:
            columns: booleans, integers, floats, dates and times.
            stored: a column that has each row packed already, from these columns in this order.

        Raises:
            TypeError: a column has another type.
        """
        sent = [_find_format(column) for column in columns]
        values = [
            getattr(func, name)(column, type_=LargeBinary) for column, (name, _) in zip(columns, sent, strict=True)
        ]
        row = reduce(lambda left, right: left.op("||")(right), values) if stored is None else stored
        self.aggregate = func.string_agg(row, literal(b"", LargeBinary), type_=LargeBinary)
        self._row = Struct(">" + "".join(code for _, code in sent))

    def unpack(self, packed: bytes) -> Iterator[tuple[Any, ...]]:
        """Yield the rows. A date is the number of days since 2000, a time that of microseconds: see `Days`, `Times`."""
        return self._row.iter_unpack(packed)


class Days(dict[int, date]):
    """The dates of unpacked rows by their number."""

    def __missing__(self, days: int) -> date:
        day = self[days] = date.fromordinal(_FIRST_DAY + days)
        return day


class Times(dict[int, datetime]):
    """The times of unpacked rows by their number. Each is made once: many cameras have the same quarter-hours."""

    def __missing__(self, microseconds: int) -> datetime:
        at = self[microseconds] = _FIRST_TIME + microseconds * _MICROSECOND
        return at


def from_time(at: datetime) -> int:
    """Return the number that an unpacked row has for a time."""
    return (at - _FIRST_TIME) // _MICROSECOND


def _find_format(column: ColumnElement[Any]) -> tuple[str, str]:
    for of_type, name, code in _SENT:
        if isinstance(column.type, of_type):
            return name, code
    raise TypeError(f"column {column} of type {column.type} cannot be packed")
