"""Store each received mail as a file."""

from __future__ import annotations

import itertools
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

MAX_MAILS = 500
"""The oldest mails are deleted when there are more."""

MAX_MAIL_BYTES = 10 * 1024 * 1024


class MailCatcher:
    """A handler of aiosmtpd. A mail is on disk before the server accepts it."""

    def __init__(self, folder: Path) -> None:
        """Store mails in a folder, which is created."""
        self._folder = folder
        self._numbers = itertools.count(1)
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it
        """Store a mail and return the response of SMTP."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{next(self._numbers)}.eml"
        unfinished = self._folder / f"{name}.part"
        unfinished.write_bytes(envelope.content)
        unfinished.rename(self._folder / name)
        logger.info("mail: %s", name)  # no addresses and no subjects, which the file has
        for old in sorted(self._folder.glob("*.eml"))[:-MAX_MAILS]:
            old.unlink(missing_ok=True)
        return "250 stored"
