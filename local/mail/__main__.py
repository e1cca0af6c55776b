"""`python -m local.mail`: accept mail until SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

from local.errors import LocalError
from local.loopback import require_loopback
from local.mail.catcher import MAX_MAIL_BYTES, MailCatcher


async def serve(host: str, port: int, catcher: MailCatcher) -> None:
    """Serve until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    server = await loop.create_server(
        lambda: SMTP(catcher, data_size_limit=MAX_MAIL_BYTES, hostname="localhost", ident="Metrica mail catcher"),
        host,
        port,
    )
    async with server:
        await stopped.wait()


def main() -> int:
    """Serve until SIGTERM; return 1 and print one sentence when the server cannot start."""
    parser = argparse.ArgumentParser(prog="python -m local.mail", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where mails are stored, one .eml file each")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    try:
        require_loopback(arguments.host, "the mail catcher")
        asyncio.run(serve(arguments.host, arguments.port, MailCatcher(arguments.folder)))
    except (LocalError, OSError) as error:
        print(f"mail: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
