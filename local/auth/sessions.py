"""Sessions and their refresh tokens, which rotate: each serves once.

As in Supabase Auth, the token before the current one may come back (its answer was lost on the way, or two tabs asked
at once) and gets the current one again, as does any older one within `REUSE_INTERVAL`; after that the session is ended.
Source: supabase/auth, `internal/tokens/service.go`, RefreshTokenGrant.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from local.auth import errors
from local.auth.accounts import Clock, utc_now
from local.auth.database import AuthDatabase, moment, timestamp

REUSE_INTERVAL = timedelta(seconds=10)
SignOutScope: TypeAlias = Literal["global", "local", "others"]


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in. `methods` is the `amr` claim: how, and when (seconds since 1970)."""

    id: str
    account_id: str
    methods: tuple[dict[str, str | int], ...]
    refresh_token: str


class Sessions:
    """Sessions kept on disk; every method is one transaction."""

    def __init__(self, database: AuthDatabase, now: Clock = utc_now) -> None:
        self._database = database
        self._now = now

    def start(self, account_id: str, method: str) -> Session:
        """A new session after a sign-in by `method` (`password`, `invite`, `recovery`, `magiclink`)."""
        now = self._now()
        methods: tuple[dict[str, str | int], ...] = ({"method": method, "timestamp": int(now.timestamp())},)
        session_id = str(uuid.uuid4())
        with self._database.transaction() as connection:
            connection.execute(
                "insert into sessions values (?, ?, ?, ?)",
                (session_id, account_id, json.dumps(methods), timestamp(now)),
            )
            token = self._issue(connection, session_id, parent=None)
        return Session(session_id, account_id, methods, token)

    def refresh(self, token: str) -> Session:
        """The session with its next refresh token.

        Raises AuthError `refresh_token_not_found`, or `refresh_token_already_used`, which has ended the session.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "select t.*, s.user_id, s.amr from refresh_tokens t join sessions s on s.id = t.session_id "
                "where t.token = ?",
                (token,),
            ).fetchone()
            if row is None:
                raise errors.refresh_token_not_found()
            following = self._rotate(connection, row)
            if following is None:
                connection.execute("delete from sessions where id = ?", (row["session_id"],))
        if following is None:
            raise errors.refresh_token_already_used()
        return Session(row["session_id"], row["user_id"], tuple(json.loads(row["amr"])), following)

    def exists(self, session_id: str) -> bool:
        """Whether the session has not been signed out."""
        with self._database.transaction() as connection:
            return connection.execute("select 1 from sessions where id = ?", (session_id,)).fetchone() is not None

    def end(self, account_id: str, session_id: str | None, scope: SignOutScope) -> None:
        """`global`: all sessions of the user; `local`: this one; `others`: all but this one."""
        condition = {"global": "true or id = ?", "local": "id = ?", "others": "id is not ?"}[scope]
        with self._database.transaction() as connection:
            connection.execute(
                f"delete from sessions where user_id = ? and ({condition})",  # noqa: S608
                (account_id, session_id),
            )

    def _rotate(self, connection: sqlite3.Connection, row: sqlite3.Row) -> str | None:
        if row["revoked_at"] is None:
            connection.execute(
                "update refresh_tokens set revoked_at = ? where token = ?", (timestamp(self._now()), row["token"])
            )
            return self._issue(connection, row["session_id"], parent=row["token"])
        current = connection.execute(
            "select token, parent from refresh_tokens where session_id = ? and revoked_at is null", (row["session_id"],)
        ).fetchone()
        recent = self._now() - moment(row["revoked_at"]) <= REUSE_INTERVAL
        if current is not None and (recent or current["parent"] == row["token"]):
            following: str = current["token"]
            return following
        return None

    def _issue(self, connection: sqlite3.Connection, session_id: str, parent: str | None) -> str:
        token = secrets.token_urlsafe(16)
        connection.execute(
            "insert into refresh_tokens values (?, ?, ?, ?, null)",
            (token, session_id, parent, timestamp(self._now())),
        )
        return token
