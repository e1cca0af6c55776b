"""One-time links: invitations and recoveries, of which the newest of each kind counts, once, until it expires."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias, get_args

from local.auth import errors
from local.auth.accounts import Account, Clock, utc_now
from local.auth.database import AuthDatabase, moment, timestamp

LinkType: TypeAlias = Literal["invite", "recovery", "magiclink"]
LINK_TYPES: Final[tuple[LinkType, ...]] = get_args(LinkType)
# The longest that Supabase allows.
LIFETIME: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Link:
    """`token_hash` is what a link carries; `one_time_password` is the same secret for typing in."""

    type: LinkType
    token_hash: str
    one_time_password: str


class Links:
    """One-time links kept on disk."""

    def __init__(self, database: AuthDatabase, now: Clock = utc_now, lifetime: timedelta = LIFETIME) -> None:
        self._database = database
        self._now = now
        self._lifetime = lifetime

    def issue(self, account: Account, kind: LinkType) -> Link:
        """A new link; an earlier one of the same kind stops working."""
        password = f"{secrets.randbelow(10**10):010d}"
        token_hash = hash_of(account.email, password)
        now = self._now()
        with self._database.transaction() as connection:
            connection.execute(
                "insert or replace into links values (?, ?, ?, ?, ?)",
                (token_hash, account.id, kind, timestamp(now), timestamp(now + self._lifetime)),
            )
        return Link(kind, token_hash, password)

    def redeem(self, token_hash: str, kinds: tuple[LinkType, ...]) -> tuple[str, LinkType]:
        """The account's id and the link's kind; raises AuthError `otp_expired`. It does not work a second time."""
        with self._database.transaction() as connection:
            row = connection.execute("select * from links where token_hash = ?", (token_hash,)).fetchone()
            if row is None or row["type"] not in kinds or moment(row["expires_at"]) <= self._now():
                raise errors.otp_expired()
            connection.execute("delete from links where token_hash = ?", (token_hash,))
        return row["user_id"], row["type"]


def hash_of(email: str, one_time_password: str) -> str:
    """What stands in the link, from what stands in the mail: SHA-224 in hex, as in Supabase Auth."""
    return hashlib.sha224(f"{email}{one_time_password}".encode()).hexdigest()
