"""One-time links for invitations and recoveries, and the mails that carry them.

Only the newest link of each type works, once, until it expires. A mail is written to a file instead of being sent.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args
from urllib.parse import urlencode, urlsplit, urlunsplit

from local.auth import errors
from local.auth.accounts import Account, Clock, utc_now
from local.auth.database import AuthDatabase, format_time, parse_time

_log = logging.getLogger(__name__)

LinkType: TypeAlias = Literal["invite", "recovery", "magiclink"]
LINK_TYPES: Final[tuple[LinkType, ...]] = get_args(LinkType)
# The maximum that Supabase allows.
LIFETIME: Final = timedelta(hours=24)
_SUBJECTS: Final[dict[LinkType, str]] = {
    "invite": "You have been invited to Metrica",
    "recovery": "Set a new password for Metrica",
    "magiclink": "Your sign-in link for Metrica",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one account.

    Attributes:
        type: What it is for.
        token_hash: The secret in the link.
        one_time_password: The same secret as ten digits to type in.
    """

    type: LinkType
    token_hash: str
    one_time_password: str


class Links:
    """The valid links on disk."""

    def __init__(self, database: AuthDatabase, now: Clock = utc_now, lifetime: timedelta = LIFETIME) -> None:
        self._database = database
        self._now = now
        self._lifetime = lifetime

    def issue(self, account: Account, link_type: LinkType) -> Link:
        """Create a link; an earlier one of the same type stops working."""
        password = f"{secrets.randbelow(10**10):010d}"
        token_hash = hash_of(account.email, password)
        now = self._now()
        with self._database.transaction() as connection:
            connection.execute(
                "insert or replace into links values (?, ?, ?, ?, ?)",
                (token_hash, account.id, link_type, format_time(now), format_time(now + self._lifetime)),
            )
        return Link(link_type, token_hash, password)

    def redeem(self, token_hash: str, types: tuple[LinkType, ...]) -> tuple[str, LinkType]:
        """Use up a link.

        Args:
            token_hash: The secret in the link.
            types: The types that are accepted.

        Returns:
            The id of the account and the type of the link.

        Raises:
            AuthError: `otp_expired` when the link is unknown, used, replaced or expired.
        """
        with self._database.transaction() as connection:
            row = connection.execute("select * from links where token_hash = ?", (token_hash,)).fetchone()
            if row is None or row["type"] not in types or parse_time(row["expires_at"]) <= self._now():
                raise errors.otp_expired()
            connection.execute("delete from links where token_hash = ?", (token_hash,))
        return row["user_id"], row["type"]


def hash_of(email: str, one_time_password: str) -> str:
    """Return the token hash of a one-time password: SHA-224 in hex, as in Supabase Auth."""
    return hashlib.sha224(f"{email}{one_time_password}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Write mails as `.eml` files into `folder` instead of sending them."""

    folder: Path

    def write(self, account: Account, link: Link, page: str) -> Path:
        """Write the mail of a link to our own page, which verifies it when the user clicks; return the file."""
        url = link_to_page(page, link)
        message = EmailMessage()
        message["From"] = "Metrica <no-reply@metrica.localhost>"
        message["To"] = account.email
        message["Date"] = datetime.now(UTC)
        message["Subject"] = _SUBJECTS[link.type]
        message.set_content(f"Follow this link:\n\n{url}\n\nIt works once.\n", cte="8bit")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        path = self.folder / f"{stamp}-{link.type}.eml"
        path.write_bytes(message.as_bytes())
        path.chmod(0o600)
        # Neither the address nor the link: whoever reads a log must not be able to set a password.
        _log.info("%s mail to account %s: %s", link.type, account.id, path.name)
        return path


def link_to_page(page: str, link: Link) -> str:
    """Return the address of the page with `token_hash` and `type` added to its query."""
    parts = urlsplit(page)
    addition = urlencode({"token_hash": link.token_hash, "type": link.type})
    query = f"{parts.query}&{addition}" if parts.query else addition
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))
