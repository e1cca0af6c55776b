"""PostgreSQL's binary arrays, written directly: a batch goes to the server without a text in between.

psycopg's own dumpers go through an object per element and cost twice what the statement costs. Formats: array_recv,
uuid_recv, timestamptz_recv, int8recv, textrecv in PostgreSQL's source.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from psycopg.abc import AdaptContext
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_HEADER = struct.Struct(">iiIii")  # dimensions, has nulls, element type, length, lower bound
_INT8 = struct.Struct(">iq")
_FLOAT4 = struct.Struct(">if")
_NULL = struct.pack(">i", -1)
_UUID_LENGTH = struct.pack(">i", 16)


class BinaryArray(bytes):
    """The bytes of a one-dimensional array; each subclass is one element type."""

    element_oid: ClassVar[int]
    array_oid: ClassVar[int]


class UuidArray(BinaryArray):
    element_oid, array_oid = 2950, 2951


class TimestamptzArray(BinaryArray):
    element_oid, array_oid = 1184, 1185


class BigintArray(BinaryArray):
    element_oid, array_oid = 20, 1016


class RealArray(BinaryArray):
    element_oid, array_oid = 700, 1021


class TextArray(BinaryArray):
    element_oid, array_oid = 25, 1009


def uuids(values: Sequence[bytes]) -> UuidArray:
    """From the 16 bytes of each."""
    body = _UUID_LENGTH + _UUID_LENGTH.join(values) if values else b""
    return UuidArray(_header(UuidArray, len(values)) + body)


def timestamps(micros: Sequence[int]) -> TimestamptzArray:
    """From microseconds since 2000-01-01 UTC."""
    return TimestamptzArray(_header(TimestamptzArray, len(micros)) + _joined(_INT8.pack(8, value) for value in micros))


def bigints(values: Sequence[int | None]) -> BigintArray:
    packed = (_NULL if value is None else _INT8.pack(8, value) for value in values)
    return BigintArray(_header(BigintArray, len(values)) + _joined(packed))


def reals(values: Sequence[float]) -> RealArray:
    return RealArray(_header(RealArray, len(values)) + _joined(_FLOAT4.pack(4, value) for value in values))


def texts(values: Sequence[str], encoded: Mapping[str, bytes]) -> TextArray:
    """From texts that are all keys of `encoded` (see `text_elements`)."""
    return TextArray(_header(TextArray, len(values)) + _joined(encoded[value] for value in values))


def text_elements(values: Iterable[str]) -> dict[str, bytes]:
    """Each text as an array's element."""
    return {value: struct.pack(">i", len(value.encode())) + value.encode() for value in values}


def _joined(elements: Iterable[bytes]) -> bytes:
    return b"".join(elements)


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
    """Teach a connection to send these arrays."""
    for kind in (UuidArray, TimestamptzArray, BigintArray, RealArray, TextArray):
        context.adapters.register_dumper(kind, _BinaryArrayDumper)
