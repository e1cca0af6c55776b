"""Read the rows of a damaged SQLite file page by page, without its schema and without its trees.

SQLite stops at the first page that it cannot follow. Each page of a table, however, contains whole rows, and a row is
readable if its own bytes are. The file format: https://sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Value = int | float | bytes | None

_PAGE_1_HEADER_BYTES = 100
_WAL_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_LEAF_HEADER_BYTES = 8
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL, _ZERO, _ONE, _FIRST_TEXT = 7, 8, 9, 12
_MAX_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or an entry of an index.

    Attributes:
        rowid: The rowid; None for an entry of an index.
        values: The values of the columns; texts are bytes, because they may be damaged.
    """

    rowid: int | None
    values: tuple[Value, ...]


def scan_rows(path: Path, page_bytes: int) -> Iterator[Row]:
    """Yield every readable row and index entry of a database and its write-ahead log.

    Deleted rows may be among them, and so may rows that the damage made up: check each.

    Args:
        path: The database; its write-ahead log is beside it.
        page_bytes: The page size of the database, because its header may be damaged.

    Raises:
        OSError: The file cannot be read.
    """
    newest = _pages_of_wal(path.with_name(path.name + "-wal"), page_bytes)
    count = max([-(-path.stat().st_size // page_bytes), *newest])
    with path.open("rb") as file:

        def read(number: int) -> bytes:
            if number in newest:
                return newest[number]
            file.seek((number - 1) * page_bytes)
            return file.read(page_bytes)

        free = _free_pages(read, count)
        for number in range(1, count + 1):
            if number not in free:
                page, start = read(number), _PAGE_1_HEADER_BYTES if number == 1 else 0
                yield from _rows_of_page(page, start, has_rowid=True)
                yield from _rows_of_page(page, start, has_rowid=False)


def _free_pages(read: Callable[[int], bytes], count: int) -> set[int]:
    """Return the numbers of the deleted pages, which still contain old rows; empty if their list is damaged."""
    trunk, listed = struct.unpack(">II", read(1)[32:40].ljust(8, b"\0"))
    free: set[int] = set()
    while trunk and len(free) < listed:
        if trunk > count:
            return set()
        page = read(trunk)
        following, leaves = struct.unpack(">II", page[:8].ljust(8, b"\0"))
        if 8 + 4 * leaves > len(page):
            return set()
        numbers = struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves])
        free |= {trunk, *numbers}
        trunk = following
    return free if len(free) == listed and max(free, default=0) <= count else set()


def _pages_of_wal(path: Path, page_bytes: int) -> dict[int, bytes]:
    """Return the newest committed version of each page in a write-ahead log, by page number."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    salts = content[16:24]
    for start in range(_WAL_HEADER_BYTES, len(content) - _FRAME_HEADER_BYTES, _FRAME_HEADER_BYTES + page_bytes):
        number, size_after_commit = struct.unpack_from(">II", content, start)
        if content[start + 8 : start + 16] != salts or number == 0:
            continue  # a frame of an earlier use of the file, or a damaged one
        pending[number] = content[start + _FRAME_HEADER_BYTES : start + _FRAME_HEADER_BYTES + page_bytes]
        if size_after_commit:
            committed |= pending
            pending = {}
    return committed


def _rows_of_page(page: bytes, start: int, *, has_rowid: bool) -> Iterator[Row]:
    """Yield the rows of a page, taken for a leaf of a table (``has_rowid``) or of an index.

    The type of the page is not checked, because it may be damaged, and the number of cells only ends the search when
    what follows is not a later row.
    """
    if len(page) < start + _LEAF_HEADER_BYTES:
        return
    cells = int.from_bytes(page[start + 3 : start + 5], "big")
    last_rowid = 0
    for number, at in enumerate(range(start + _LEAF_HEADER_BYTES, len(page) - 1, 2)):
        pointer = int.from_bytes(page[at : at + 2], "big")
        row = _row_at(page, pointer, has_rowid=has_rowid) if at < pointer < len(page) else None
        if number >= cells and (row is None or row.rowid is None or row.rowid <= last_rowid):
            return
        if row is not None:
            last_rowid = row.rowid or 0
            yield row


def _row_at(page: bytes, at: int, *, has_rowid: bool) -> Row | None:
    try:
        _, at = _varint(page, at)
        rowid = None
        if has_rowid:
            rowid, at = _varint(page, at)
        header_bytes, types_at = _varint(page, at)
        values_at = at + header_bytes
        values: list[Value] = []
        while types_at < at + header_bytes:
            kind, types_at = _varint(page, types_at)
            value, values_at = _value(page, kind, values_at)
            values.append(value)
            if len(values) > _MAX_COLUMNS:
                return None
    except (IndexError, ValueError):
        return None
    return Row(rowid, tuple(values)) if values else None


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for offset in range(9):
        byte = page[at + offset]
        if offset == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + offset + 1
    raise AssertionError("the ninth byte ends a varint")


def _value(page: bytes, kind: int, at: int) -> tuple[Value, int]:
    """Return a value of a serial type and the position behind it.

    Raises:
        ValueError: The value does not lie within the page, or there is no such type.
    """
    if kind == 0:
        return None, at
    if kind in {_ZERO, _ONE}:
        return kind - _ZERO, at
    size = _INTEGER_BYTES.get(kind) or (8 if kind == _REAL else (kind - _FIRST_TEXT) // 2)
    if size < 0 or at + size > len(page) or kind in {10, 11}:
        raise ValueError(f"no value of type {kind} at {at}")
    content = page[at : at + size]
    if kind == _REAL:
        return float(struct.unpack(">d", content)[0]), at + size
    if kind in _INTEGER_BYTES:
        return int.from_bytes(content, "big", signed=True), at + size
    return content, at + size
