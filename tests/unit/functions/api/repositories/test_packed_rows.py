"""Rows of numbers in the binary format of PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from struct import pack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Date, DateTime, Double, Integer, Text

from functions.api.repositories.packed_rows import Days, PackedRows, Times, from_time

COLUMNS: list[ColumnElement[Any]] = [
    Column("a_flag", Boolean),
    Column("a_count", Integer),
    Column("a_version", BigInteger),
    Column("a_number", Double),
    Column("a_day", Date),
    Column("a_time", DateTime(timezone=True)),
]
ROW = (True, -7, 2**40, 0.1, 9825, 848_923_200_000_001)


def test_rows_are_unpacked_with_the_types_of_their_columns() -> None:
    data = b"".join(pack(">?iqdiq", *row) for row in (ROW, (False, *ROW[1:])))
    assert list(PackedRows(COLUMNS).unpack(data)) == [ROW, (False, *ROW[1:])]
    assert Days()[ROW[4]] == date(2026, 11, 25)
    assert Times()[ROW[5]] == datetime(2026, 11, 25, 12, 0, 0, 1, tzinfo=UTC)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))  # noqa: DTZ001 - bounds are naive
def test_a_time_has_the_number_from_which_it_is_made(at: datetime) -> None:
    times = Times()
    assert times[from_time(at)] == at
    assert times[from_time(at + timedelta(microseconds=1))] > at


def test_a_column_of_text_cannot_be_packed() -> None:
    with pytest.raises(TypeError, match="name of type TEXT cannot be packed"):
        PackedRows([Column("name", Text)])
