"""The SQLite file of users, sessions and links: safe for several processes, and against kill -9."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_FILE = "auth.sqlite3"
_SCHEMA = """
create table if not exists users (
  id text primary key,
  email text not null unique check (email = lower(email)),
  password_hash text,
  app_metadata text not null,
  user_metadata text not null,
  email_confirmed_at text,
  invited_at text,
  last_sign_in_at text,
  banned_until text,
  created_at text not null,
  updated_at text not null
) strict;
create table if not exists sessions (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  amr text not null,
  created_at text not null
) strict;
create table if not exists refresh_tokens (
  token text primary key,
  session_id text not null references sessions (id) on delete cascade,
  parent text,
  created_at text not null,
  revoked_at text
) strict;
create index if not exists refresh_tokens_session on refresh_tokens (session_id);
create table if not exists links (
  token_hash text primary key,
  user_id text not null references users (id) on delete cascade,
  type text not null,
  created_at text not null,
  expires_at text not null,
  unique (user_id, type)
) strict;
"""


class AuthDatabase:
    """Open short transactions on the file in `folder`, which is created when it is missing.

    Each transaction has its own connection, so any thread may open one. Writers wait up to 10 s for each other.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / _FILE
        with self._connect() as connection:
            connection.execute("pragma journal_mode = wal")
            connection.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection of one transaction: committed at the end, rolled back on an exception."""
        with self._connect() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("pragma foreign_keys = on")
            connection.execute("pragma synchronous = normal")
            yield connection
        finally:
            connection.close()


def format_time(time: datetime) -> str:
    """Return the time as Supabase writes it: ISO 8601 in UTC with microseconds and Z. It sorts as text."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_time(text: str) -> datetime:
    """Return the time written by `format_time`."""
    return datetime.fromisoformat(text)
