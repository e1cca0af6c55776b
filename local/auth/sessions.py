"""Sessions, their rotating refresh tokens, and access tokens (ES256 JWTs with the claims of Supabase Auth).

A refresh token can be used once. As in Supabase Auth, the token before the current one returns the current one again
(the response was lost, or two tabs refreshed at once), and so does any older one within `REUSE_INTERVAL`; after that
the session is ended. Source: supabase/auth, `internal/tokens/service.go`, RefreshTokenGrant.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

import jwt

from local.auth import errors
from local.auth.accounts import Account, Clock, utc_now
from local.auth.database import AuthDatabase, format_time, parse_time
from local.auth.keys import AuthKeys

AUDIENCE: Final = "authenticated"
ACCESS_TOKEN_LIFETIME: Final = timedelta(hours=1)

REUSE_INTERVAL = timedelta(seconds=10)
SignOutScope: TypeAlias = Literal["global", "local", "others"]


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in.

    Attributes:
        id: Also in the access tokens, as `session_id`.
        account_id: The user.
        methods: The `amr` claim: how the user signed in, and when (seconds since 1970).
        refresh_token: The current one.
    """

    id: str
    account_id: str
    methods: tuple[dict[str, str | int], ...]
    refresh_token: str


class Sessions:
    """The sessions on disk; every method is one transaction."""

    def __init__(self, database: AuthDatabase, now: Clock = utc_now) -> None:
        self._database = database
        self._now = now

    def start(self, account_id: str, method: str) -> Session:
        """Create a session after a sign-in by `method` (`password`, `invite`, `recovery`, `magiclink`)."""
        now = self._now()
        methods: tuple[dict[str, str | int], ...] = ({"method": method, "timestamp": int(now.timestamp())},)
        session_id = str(uuid.uuid4())
        with self._database.transaction() as connection:
            connection.execute(
                "insert into sessions values (?, ?, ?, ?)",
                (session_id, account_id, json.dumps(methods), format_time(now)),
            )
            token = self._issue(connection, session_id, parent=None)
        return Session(session_id, account_id, methods, token)

    def refresh(self, token: str) -> Session:
        """Return the session with its next refresh token.

        Raises:
            AuthError: `refresh_token_not_found`, or `refresh_token_already_used`, which has ended the session.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "select t.*, s.user_id, s.amr from refresh_tokens t join sessions s on s.id = t.session_id "
                "where t.token = ?",
                (token,),
            ).fetchone()
            if row is None:
                raise errors.refresh_token_not_found()
            next_token = self._rotate(connection, row)
            if next_token is None:
                connection.execute("delete from sessions where id = ?", (row["session_id"],))
        if next_token is None:
            raise errors.refresh_token_already_used()
        return Session(row["session_id"], row["user_id"], tuple(json.loads(row["amr"])), next_token)

    def exists(self, session_id: str) -> bool:
        """Return whether the session exists, that is, was not signed out."""
        with self._database.transaction() as connection:
            return connection.execute("select 1 from sessions where id = ?", (session_id,)).fetchone() is not None

    def end(self, account_id: str, session_id: str | None, scope: SignOutScope) -> None:
        """End all sessions of the user (`global`), this one (`local`), or all but this one (`others`)."""
        condition = {"global": "true or id = ?", "local": "id = ?", "others": "id is not ?"}[scope]
        with self._database.transaction() as connection:
            connection.execute(
                f"delete from sessions where user_id = ? and ({condition})",  # noqa: S608
                (account_id, session_id),
            )

    def _rotate(self, connection: sqlite3.Connection, row: sqlite3.Row) -> str | None:
        if row["revoked_at"] is None:
            connection.execute(
                "update refresh_tokens set revoked_at = ? where token = ?", (format_time(self._now()), row["token"])
            )
            return self._issue(connection, row["session_id"], parent=row["token"])
        current = connection.execute(
            "select token, parent from refresh_tokens where session_id = ? and revoked_at is null", (row["session_id"],)
        ).fetchone()
        recent = self._now() - parse_time(row["revoked_at"]) <= REUSE_INTERVAL
        if current is not None and (recent or current["parent"] == row["token"]):
            next_token: str = current["token"]
            return next_token
        return None

    def _issue(self, connection: sqlite3.Connection, session_id: str, parent: str | None) -> str:
        token = secrets.token_urlsafe(16)
        connection.execute(
            "insert into refresh_tokens values (?, ?, ?, ?, null)",
            (token, session_id, parent, format_time(self._now())),
        )
        return token


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """Sign and verify the access tokens of one issuer (`<url>/auth/v1`)."""

    keys: AuthKeys
    issuer: str
    lifetime: timedelta = ACCESS_TOKEN_LIFETIME

    def sign(self, account: Account, session: Session, now: datetime) -> str:
        """Return an access token that is valid from `now` for `lifetime`."""
        issued = int(now.timestamp())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": account.id,
            "aud": AUDIENCE,
            "exp": issued + int(self.lifetime.total_seconds()),
            "iat": issued,
            "email": account.email,
            "phone": "",
            "app_metadata": account.app_metadata,
            "user_metadata": account.user_metadata,
            "role": "authenticated",
            "aal": "aal1",
            "amr": list(session.methods),
            "session_id": session.id,
            "is_anonymous": False,
        }
        return jwt.encode(claims, self.keys.private_key, algorithm="ES256", headers={"kid": self.keys.key_id})

    def verify(self, token: str) -> Mapping[str, Any]:
        """Return the claims of a token of this issuer.

        Raises:
            AuthError: `bad_jwt`.
        """
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self.keys.private_key.public_key(),
                algorithms=["ES256"],
                audience=AUDIENCE,
                issuer=self.issuer,
                options={"require": ["exp", "iat", "sub", "aud", "iss", "session_id"]},
            )
        except jwt.PyJWTError as error:
            raise errors.bad_jwt(str(error)) from error
        return claims
