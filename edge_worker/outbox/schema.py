"""The outbox's tables, and how its file is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

APPLICATION_ID = 0x4D455452  # "METR": tells our file from any other SQLite database
VERSION = 1
PAGE_BYTES = 4096
BUSY_TIMEOUT_S = 5.0
CHECKED_WHOLE_BYTES = 64 << 20
"""Up to this size the file is checked page by page at every start (about a second on an SD card)."""

TABLES = """
create table if not exists events (
    event_id text primary key,
    ts text not null,
    camera_id text not null,
    store_id text,
    direction text not null check (direction in ('IN', 'OUT')),
    tracker_id integer not null
);
create index if not exists events_oldest_first on events (ts);
create table if not exists dead_letters (
    event_id text primary key,
    ts text not null,
    camera_id text not null,
    store_id text,
    direction text not null check (direction in ('IN', 'OUT')),
    tracker_id integer not null,
    reason text not null,
    at text not null
);
create table if not exists minutes (
    camera_id text not null,
    minute text not null,
    frames integer not null,
    dropped integer not null,
    fps real not null,
    reconnects integer not null,
    primary key (camera_id, minute)
);
create table if not exists cameras (
    camera_id text primary key,
    total_in integer not null default 0,
    total_out integer not null default 0,
    config text,
    config_etag text,
    config_from text
);
create table if not exists progress (
    only_row integer primary key check (only_row = 1),
    delivered integer not null
);
insert or ignore into progress values (1, 0);
update progress set delivered = delivered;
"""
"""The last statement changes nothing, but writes: a full or read-only disk is found out at start."""


class ForeignDatabaseError(Exception):
    """The file is a SQLite database, but not an outbox that this version can use; the text says what it is."""


def connect(path: Path | None, limit_bytes: int) -> sqlite3.Connection:
    """Opens (or creates) the outbox at ``path``, None for one in memory, and proves that it can be written to.

    WAL with ``synchronous=FULL``: a committed crossing survives a power cut, not only the death of the process
    (https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_synchronous). A handful of crossings a minute
    makes the price of the fsync irrelevant.

    Raises:
        sqlite3.Error: as SQLite says; `edge_worker.outbox.errors.translated` makes a sentence of it.
        ForeignDatabaseError: the database is not ours.
    """
    connection = sqlite3.connect(
        ":memory:" if path is None else path,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _refuse_foreign(connection)
        connection.execute(f"pragma page_size = {PAGE_BYTES}")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        page_bytes = int(connection.execute("pragma page_size").fetchone()[0])
        connection.execute(f"pragma max_page_count = {max(limit_bytes // page_bytes, 32)}")
        if path is not None and path.stat().st_size <= CHECKED_WHOLE_BYTES:
            _check(connection)
        connection.executescript(f"begin immediate; {TABLES} commit;")
        _sign(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    application, version = (
        int(connection.execute(f"pragma {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    tables = int(connection.execute("select count(*) from sqlite_master").fetchone()[0])
    if tables and application not in {APPLICATION_ID, 0}:
        raise ForeignDatabaseError("a database of another program")
    if (
        tables
        and application == 0
        and not connection.execute("select 1 from sqlite_master where name = 'dead_letters'").fetchone()
    ):
        raise ForeignDatabaseError("a database of another program")
    if version > VERSION:
        raise ForeignDatabaseError(f"an outbox of a newer version ({version}; this one knows {VERSION})")


def _sign(connection: sqlite3.Connection) -> None:
    for name, value in (("application_id", APPLICATION_ID), ("user_version", VERSION)):
        if connection.execute(f"pragma {name}").fetchone()[0] != value:
            connection.execute(f"pragma {name} = {value}")


def _check(connection: sqlite3.Connection) -> None:
    verdict = str(connection.execute("pragma quick_check(1)").fetchone()[0])
    if verdict != "ok":
        error = sqlite3.DatabaseError(verdict)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
