"""The command `metrica-server`: the services of Metrica on one server, and what an operator does with it."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from edge_worker.command_parser import CommandParser
from functions.common import logs
from functions.common.email_argument import email_argument
from functions.erasure.arguments import add_arguments
from server.errors import InstallationError, OperationError, ServerError
from server.functions import FUNCTIONS, SCHEDULED, get_function
from server.installation import is_address

logger = logging.getLogger(__name__)

CONFIG = Path("/etc/metrica")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    parser = CommandParser(
        prog="metrica-server",
        description="Run Metrica on one server. compose.yaml starts the services with these commands; an operator uses "
        "`superadmin` and `link`. METRICA_URL and METRICA_SECRET describe the installation.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    setup = commands.add_parser("setup", help="write the configuration of every service, derived from METRICA_SECRET")
    setup.add_argument("folder", type=Path, help="the folder to write to, with a folder for each service")
    setup.set_defaults(run=_run_setup)

    migrate = commands.add_parser("migrate", help="bring the database to the newest schema, and create the logins")
    migrate.set_defaults(run=_run_migrate)

    auth = commands.add_parser("auth-database", help="create the database of the auth server")
    auth.set_defaults(run=_run_auth_database)

    serve = commands.add_parser("serve", help="serve a function that answers requests")
    requests = sorted(function.name for function in FUNCTIONS if function not in SCHEDULED)
    serve.add_argument("function", choices=requests)
    _add_listener(serve)
    serve.set_defaults(run=_run_serve)

    worker = commands.add_parser("worker", help="run the scheduled functions")
    _add_listener(worker)
    worker.set_defaults(run=_run_worker)

    invoke = commands.add_parser("invoke", help="run a scheduled function once, and print its result")
    invoke.add_argument("function", choices=sorted(function.name for function in SCHEDULED))
    _add_config(invoke)
    invoke.set_defaults(run=_run_invoke)

    check = commands.add_parser("check", help="exit with 0 if a service answers 200: the health check of a container")
    check.add_argument("url", nargs="?", help="an address (default: /healthz of the service with --config)")
    _add_config(check)
    check.set_defaults(run=_run_check)

    superadmin = commands.add_parser("superadmin", help="add a superadmin, and print a link to set a password")
    superadmin.add_argument("email", type=email_argument)
    superadmin.set_defaults(run=_run_superadmin)

    link = commands.add_parser("link", help="print a link with which a person sets a password; it works once")
    link.add_argument("email", type=email_argument)
    link.set_defaults(run=_run_link)

    erase = commands.add_parser("erase", help="say what of a person or a store would be removed; remove with --execute")
    add_arguments(erase, _run_erase)

    backup = commands.add_parser("backup", help="write the databases into a folder; everything may run meanwhile")
    backup.add_argument("folder", type=Path)
    backup.set_defaults(run=_run_backup)

    restore = commands.add_parser("restore", help="restore a backup into the empty databases of a new server")
    restore.add_argument("folder", type=Path)
    restore.set_defaults(run=_run_restore)
    for command in (backup, restore):
        command.add_argument("--programs", type=Path, help="where pg_dump and pg_restore are (PATH)")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code: 0 done, 1 failed (one sentence on stderr says why), 2 wrong usage.
    """
    arguments = build_parser().parse_args(argv)
    # The functions that the command serves or starts log in the same form.
    os.environ.setdefault(logs.FORMAT_VARIABLE, "text" if sys.stderr.isatty() else "json")
    logs.set_up()
    try:
        return int(arguments.run(arguments))
    except ServerError as error:
        print(f"metrica-server: {error}", file=sys.stderr)
        return 1


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, default=CONFIG, help="the folder that `setup` wrote for it (/etc/metrica)"
    )


def _add_listener(parser: argparse.ArgumentParser) -> None:
    _add_config(parser)
    parser.add_argument(
        "--listen", type=_listener, metavar="HOST:PORT", help="the address to listen on (as `setup` wrote it)"
    )


def _listener(text: str) -> tuple[str, int]:
    if not is_address(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not host:port")
    host, _, port = text.rpartition(":")
    return host, int(port)


def _configured_listener(configuration: Path) -> tuple[str, int]:
    """Return the address that `setup` wrote for a service."""
    from server.configuration_files import LISTENER

    path = configuration / LISTENER
    try:
        return _listener(path.read_text().strip())
    except (OSError, argparse.ArgumentTypeError) as error:
        raise InstallationError(
            f"{path} cannot be read ({error}): run `metrica-server setup`, or give the address with --listen"
        ) from error


def _run_setup(arguments: argparse.Namespace) -> int:
    from server.configuration_files import write_configuration
    from server.installation import Installation

    written = write_configuration(Installation.from_env(), arguments.folder)
    print(f"{len(written)} files of configuration written to {arguments.folder}")
    return 0


def _run_migrate(_: argparse.Namespace) -> int:
    from server.installation import Installation
    from server.operations import migrate_database

    revision = migrate_database(Installation.from_env())
    print(f"the database is at revision {revision}, and each function has its login")
    return 0


def _run_auth_database(_: argparse.Namespace) -> int:
    from server.installation import Installation
    from server.operations import prepare_auth_database

    prepare_auth_database(Installation.from_env())
    print("the database of the auth server is there")
    return 0


def _run_serve(arguments: argparse.Namespace) -> int:
    from server.serve import serve

    listener = arguments.listen or _configured_listener(arguments.config)
    serve(get_function(arguments.function), arguments.config, *listener)
    return 0


def _run_worker(arguments: argparse.Namespace) -> int:
    from server.worker import work

    work(arguments.config, *(arguments.listen or _configured_listener(arguments.config)))
    return 0


def _run_invoke(arguments: argparse.Namespace) -> int:
    from server.invoke import invoke

    result = invoke(get_function(arguments.function), arguments.config)
    logger.info("finished", extra={"function": arguments.function, "result": result})
    return 0


def _run_check(arguments: argparse.Namespace) -> int:
    url = arguments.url or _health_url(*_configured_listener(arguments.config))
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - the address of our own service
            return 0 if response.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        print(f"metrica-server: {url}: {error}", file=sys.stderr)
        return 1


def _health_url(host: str, port: int) -> str:
    loopback = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "[::]": "[::1]"}.get(host, host)  # noqa: S104 - not listened on here
    return f"http://{loopback}:{port}/healthz"


def _run_superadmin(arguments: argparse.Namespace) -> int:
    from server.installation import Installation
    from server.operations import add_superadmin

    installation = Installation.from_env()
    add_superadmin(installation, arguments.email)
    print(f"{arguments.email} is a superadmin; the admin pages are at {installation.admin_url}")
    return _run_link(arguments)


def _run_link(arguments: argparse.Namespace) -> int:
    from server.accounts import make_sign_in_link
    from server.installation import Installation
    from server.keys import Keys

    installation = Installation.from_env()
    link = make_sign_in_link(installation, Keys(installation.secret), arguments.email)
    print("link to set a password (works once, for a day; give it to this person only):")
    print(link)
    return 0


def _run_erase(arguments: argparse.Namespace) -> int:
    from functions.erasure.command import EraseError, run_erasure
    from server.installation import Installation
    from server.operations import erasure_target

    try:
        run_erasure(arguments, erasure_target(Installation.from_env()))
    except EraseError as error:
        raise OperationError(str(error)) from error
    return 0


def _run_backup(arguments: argparse.Namespace) -> int:
    from server.backups import back_up
    from server.installation import Installation

    for file in back_up(Installation.from_env(), arguments.folder, arguments.programs):
        print(f"{file}: {file.stat().st_size / 1e6:.1f} MB")
    return 0


def _run_restore(arguments: argparse.Namespace) -> int:
    from server.backups import restore
    from server.installation import Installation

    found = restore(Installation.from_env(), arguments.folder, arguments.programs)
    print("restored; each function has its login")
    for privilege in found:
        print(f"open to logins that do not need it: {privilege}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
