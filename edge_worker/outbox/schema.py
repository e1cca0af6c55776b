"""The tables of an outbox, their rows, and how the database is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from edge_worker.crossing import Direction
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Event, Minute

APPLICATION_ID = 0x4D455452  # "METR": identifies the file as an outbox
VERSION = 2
PAGE_BYTES = 4096
BUSY_TIMEOUT_S = 5.0
CHECKPOINT_PAGES = 64
"""The write-ahead log is merged into the file after this many pages (256 KB). With SQLite's default of 4 MB the log
alone fills a small disk, and a full disk has no room for the merge."""
FULL_CHECK_BYTES = 64 << 20
"""Up to this size every page of the file is checked at start (about a second on an SD card)."""

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
    line_version integer not null,
    primary key (camera_id, minute, line_version)
);
create table if not exists refused_minutes (
    camera_id text not null,
    minute text not null,
    frames integer not null,
    dropped integer not null,
    fps real not null,
    reconnects integer not null,
    line_version integer not null,
    primary key (camera_id, minute, line_version)
);
create table if not exists delivered_minutes (
    camera_id text not null,
    minute text not null,
    frames integer not null,
    dropped integer not null,
    fps real not null,
    reconnects integer not null,
    line_version integer not null,
    primary key (camera_id, minute, line_version)
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
create table if not exists identity (
    only_row integer primary key check (only_row = 1),
    instance_id text not null
);
insert or ignore into progress values (1, 0);
update progress set delivered = delivered;
"""
"""The last statement changes nothing but writes, so a full or read-only disk is detected at start."""

EVENT_COLUMNS = "event_id, ts, camera_id, store_id, direction, tracker_id"
MINUTE_COLUMNS = "camera_id, minute, frames, dropped, fps, reconnects, line_version"
NO_LINE_VERSION = 0
"""The `line_version` of a row whose minute has none: a key cannot contain null."""
INSERT_EVENT = "insert or ignore into events values (?, ?, ?, ?, ?, ?)"
SELECT_TOTALS = "select total_in, total_out from cameras where camera_id = ?"
ADD_TOTALS = """
insert into cameras (camera_id, total_in, total_out) values (?, ?, ?)
on conflict (camera_id) do update set
  total_in = total_in + excluded.total_in, total_out = total_out + excluded.total_out
"""
CACHE_CONFIG = """
insert into cameras (camera_id, config, config_etag, config_from) values (?, ?, ?, ?)
on conflict (camera_id) do update set
  config = excluded.config, config_etag = excluded.config_etag, config_from = excluded.config_from
"""
UPGRADE_MINUTES = f"""
begin immediate;
alter table minutes rename to minutes_of_version_1;
drop table if exists refused_minutes;
{TABLES}
insert into minutes ({MINUTE_COLUMNS})
  select camera_id, minute, frames, dropped, fps, reconnects, {UNKNOWN_LINE_VERSION} from minutes_of_version_1;
drop table minutes_of_version_1;
commit;
"""
"""Version 1 had no line versions: those of its minutes are unknown."""


def event_from_row(row: Sequence[Any]) -> Event:
    """Return the event of a row of `EVENT_COLUMNS`."""
    event_id, ts, camera_id, store_id, direction, tracker_id = row
    return Event(event_id, ts, camera_id, store_id, Direction(direction), tracker_id)


def event_row(event: Event) -> tuple[str, str, str, str | None, str, int]:
    """Return the values of `EVENT_COLUMNS`."""
    return (event.event_id, event.ts, event.camera_id, event.store_id, event.direction.value, event.tracker_id)


def minute_from_row(row: Sequence[Any]) -> Minute:
    """Return the minute of a row of `MINUTE_COLUMNS`."""
    camera_id, minute, frames, dropped, fps, reconnects, stored = row
    line_version = None if stored == NO_LINE_VERSION else stored
    return Minute(camera_id, minute, frames, dropped, fps, reconnects, line_version)


def minute_row(minute: Minute) -> tuple[str, str, int, int, float, int, int]:
    """Return the values of `MINUTE_COLUMNS`."""
    line_version = NO_LINE_VERSION if minute.line_version is None else minute.line_version
    return (
        minute.camera_id,
        minute.minute,
        minute.frames,
        minute.dropped,
        minute.fps,
        minute.reconnects,
        line_version,
    )


class ForeignDatabaseError(Exception):
    """The file is a SQLite database, but not an outbox that this version can use; the message says what it is."""


def connect(path: Path | None, limit_bytes: int) -> sqlite3.Connection:
    """Open or create the outbox at ``path`` (None: in memory) and check that it can be written to.

    WAL with ``synchronous=FULL``: a committed crossing survives a power cut, not only the end of the process
    (https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_synchronous). With a few crossings per minute
    the cost of the fsync does not matter.

    Raises:
        sqlite3.Error: SQLite cannot open it; `edge_worker.outbox.errors.translated` explains the error.
        ForeignDatabaseError: The database is not an outbox, or one of a newer version.
    """
    connection = sqlite3.connect(
        ":memory:" if path is None else path,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _reject_foreign(connection)
        connection.execute(f"pragma page_size = {PAGE_BYTES}")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute(f"pragma wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute(f"pragma journal_size_limit = {CHECKPOINT_PAGES * PAGE_BYTES}")
        page_bytes = int(connection.execute("pragma page_size").fetchone()[0])
        connection.execute(f"pragma max_page_count = {max(limit_bytes // page_bytes, 32)}")
        if path is not None and path.stat().st_size <= FULL_CHECK_BYTES:
            _check_integrity(connection)
        _create_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _reject_foreign(connection: sqlite3.Connection) -> None:
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


def _create_tables(connection: sqlite3.Connection) -> None:
    """Create or upgrade the tables; leave an outbox on a full disk as it is, so that its events can be delivered."""
    try:
        connection.executescript(f"begin immediate; {TABLES} commit;")
        connection.execute("insert or ignore into identity values (1, ?)", (str(uuid4()),))
        _upgrade(connection)
        _set_identity(connection)
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("rollback")
        is_full = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_FULL
        if not is_full or connection.execute("pragma user_version").fetchone()[0] != VERSION:
            raise


def _upgrade(connection: sqlite3.Connection) -> None:
    key = {row[1] for row in connection.execute("pragma table_info(minutes)") if row[5]}
    if "line_version" not in key:
        connection.executescript(UPGRADE_MINUTES)


def _set_identity(connection: sqlite3.Connection) -> None:
    for name, value in (("application_id", APPLICATION_ID), ("user_version", VERSION)):
        if connection.execute(f"pragma {name}").fetchone()[0] != value:
            connection.execute(f"pragma {name} = {value}")


def _check_integrity(connection: sqlite3.Connection) -> None:
    result = str(connection.execute("pragma quick_check(1)").fetchone()[0])
    if result != "ok":
        error = sqlite3.DatabaseError(result)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
