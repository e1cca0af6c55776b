"""`metrica up`: the local stack alone, until Ctrl-C."""

from __future__ import annotations

import argparse

from local.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Adds `up`."""
    parser = subparsers.add_parser(
        "up",
        help="start the local stack, until Ctrl-C",
        description="Starts the database, the stand-ins for Supabase Auth and S3, the Lambdas and both pages on "
        "127.0.0.1, keeps them running, and stops them on Ctrl-C. PORT_API, PORT_AUTH, PORT_S3, PORT_DASHBOARD, "
        "PORT_ADMIN, PORT_LAMBDA, PORT_DB move them; DATABASE_URL takes the place of the embedded database; "
        "METRICA_HOME is where everything is kept (.metrica).",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Returns 0 when stopped by a signal; raises LocalError when something is in the way."""
    from local.stack import Stack, StackSettings

    settings = StackSettings.from_env()
    with Stack.start(settings, report=_say) as stack:
        _say("")
        for name, url in (
            ("dashboard", stack.urls.dashboard),
            ("admin", stack.urls.admin),
            ("API", stack.urls.api),
            ("database", _without_password(stack.urls.database)),
            ("logs", str(settings.log_folder)),
            ("mails", str(settings.auth_folder / "outbox")),
        ):
            _say(f"  {name:<10} {url}")
        _say("\nrunning; Ctrl-C stops it")
        stack.supervise()
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _without_password(url: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return url if parts.password is None else url.replace(f":{parts.password}@", ":…@", 1)
