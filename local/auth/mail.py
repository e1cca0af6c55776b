"""Mails that nobody sends: each is a file in the outbox folder, and a line in the log."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from local.auth.accounts import Account
from local.auth.links import Link, LinkType

_log = logging.getLogger(__name__)

_SUBJECTS: Final[dict[LinkType, str]] = {
    "invite": "You have been invited to Metrica",
    "recovery": "Set a new password for Metrica",
    "magiclink": "Your sign-in link for Metrica",
}


@dataclass(frozen=True, slots=True)
class Outbox:
    """Writes mails as `.eml` files into `folder`."""

    folder: Path

    def deliver(self, account: Account, link: Link, landing: str) -> Path:
        """Write the mail whose link leads to our own page at `landing`, which verifies on a click."""
        url = link_to_page(landing, link)
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
        _log.info("%s for %s: %s", link.type, account.email, url)
        return path


def link_to_page(landing: str, link: Link) -> str:
    """The page's address with `token_hash` and `type` added to its query."""
    parts = urlsplit(landing)
    addition = urlencode({"token_hash": link.token_hash, "type": link.type})
    query = f"{parts.query}&{addition}" if parts.query else addition
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))
