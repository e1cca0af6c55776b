"""The command `metrica`: run Metrica on one machine."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from edge_worker.command_parser import CommandParser
from local.commands import analyst, backup, database, deploy, doctor, erase, rollback, stack, superadmin
from local.errors import LocalError

COMMAND_MODULES = (analyst, backup, database, deploy, doctor, erase, rollback, stack, superadmin)


def _version() -> str:
    try:
        return version("metrica")
    except PackageNotFoundError:
        return "not installed"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every subcommand of `local.commands`."""
    parser = CommandParser(prog="metrica", description="Run Metrica on one machine.")
    parser.add_argument("--version", action="version", version=f"metrica {_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in COMMAND_MODULES:
        module.add_parsers(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    `METRICA_TRACEBACK=1` prints the traceback of an unexpected error, for developers.

    Args:
        argv: The arguments; None takes those of the process.

    Returns:
        The exit code: 0 done, 1 failed (one sentence on stderr says why), 2 wrong usage, 130 interrupted.
    """
    arguments = build_parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except LocalError as error:
        return _print_error(str(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        path = f": {error.filename}" if error.filename else ""
        return _print_error(f"`metrica {arguments.command}` failed: {error.strerror or error}{path}")
    except Exception as error:  # users never see a traceback
        if os.environ.get("METRICA_TRACEBACK"):
            raise
        reason = " ".join(str(error).split()) or "no reason given"
        return _print_error(
            f"unexpected {type(error).__name__} in `metrica {arguments.command}`: {reason[:300]} "
            "(METRICA_TRACEBACK=1 shows where)"
        )


def _print_error(message: str) -> int:
    print(f"metrica: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
