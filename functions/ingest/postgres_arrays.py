"""Encoding of PostgreSQL arrays in the binary format.

psycopg's dumpers handle every element as an object, which takes twice as long as the statement. Formats: array_recv,
uuid_recv, timestamptz_recv, int8recv and textrecv in PostgreSQL's source.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import ClassVar

from psycopg.abc import AdaptContext
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_HEADER = struct.Struct(">iiIii")  # dimensions, has nulls, element type, length, lower bound
_INT8 = struct.Struct(">iq")
_NULL = struct.pack(">i", -1)
_UUID_LENGTH = struct.pack(">i", 16)


class BinaryArray(bytes):
    """The bytes of a one-dimensional array. Each subclass has its element type."""

    element_oid: ClassVar[int]
    array_oid: ClassVar[int]


class UuidArray(BinaryArray):
    """A `uuid[]`."""

    element_oid, array_oid = 2950, 2951


class TimestamptzArray(BinaryArray):
    """A `timestamptz[]`."""

    element_oid, array_oid = 1184, 1185


class BigintArray(BinaryArray):
    """A `bigint[]`."""

    element_oid, array_oid = 20, 1016


class RealArray(BinaryArray):
    """A `real[]`."""

    element_oid, array_oid = 700, 1021


class TextArray(BinaryArray):
    """A `text[]`."""

    element_oid, array_oid = 25, 1009


def uuid_array(values: Sequence[bytes]) -> UuidArray:
    """Encode UUIDs, given as 16 bytes each."""
    body = _UUID_LENGTH + _UUID_LENGTH.join(values) if values else b""
    return UuidArray(_header(UuidArray, len(values)) + body)


def timestamptz_array(micros: Sequence[int]) -> TimestamptzArray:
    """Encode timestamps, given as microseconds since 2000-01-01 UTC."""
    return TimestamptzArray(_header(TimestamptzArray, len(micros)) + _pack_all("q", 8, micros))


def bigint_array(values: Sequence[int | None]) -> BigintArray:
    """Encode integers; None becomes NULL."""
    if None in values:
        body = b"".join([_NULL if value is None else _INT8.pack(8, value) for value in values])
    else:
        body = _pack_all("q", 8, values)
    return BigintArray(_header(BigintArray, len(values)) + body)


def real_array(values: Sequence[float]) -> RealArray:
    """Encode single-precision floats."""
    return RealArray(_header(RealArray, len(values)) + _pack_all("f", 4, values))


def text_array(values: Sequence[str], encoded: Mapping[str, bytes]) -> TextArray:
    """Encode texts, each a key of `encoded` (see `encode_texts`)."""
    return TextArray(_header(TextArray, len(values)) + b"".join(map(encoded.__getitem__, values)))


def encode_texts(values: Iterable[str]) -> dict[str, bytes]:
    """Return the array element of each text."""
    return {value: struct.pack(">i", len(value.encode())) + value.encode() for value in values}


def _pack_all(code: str, size: int, values: Sequence[float | None]) -> bytes:
    """Return the elements, each after its size. `code` is a format of `struct` for one value of `size` bytes."""
    return struct.pack(">" + f"i{code}" * len(values), *chain.from_iterable(zip(repeat(size), values)))


def _header(kind: type[BinaryArray], length: int) -> bytes:
    return _HEADER.pack(1, 1, kind.element_oid, length, 1)


class _BinaryArrayDumper(Dumper):
    format = Format.BINARY

    def __init__(self, cls: type[BinaryArray], context: AdaptContext | None = None) -> None:
        super().__init__(cls, context)
        self.oid = cls.array_oid

    def dump(self, obj: Buffer) -> Buffer:
        return obj


def register(context: AdaptContext) -> None:
    """Register the dumpers of these arrays with a connection."""
    for kind in (UuidArray, TimestamptzArray, BigintArray, RealArray, TextArray):
        context.adapters.register_dumper(kind, _BinaryArrayDumper)
