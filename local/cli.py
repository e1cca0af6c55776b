"""`metrica`: Metrica on one machine."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from local import commands
from local.errors import LocalError


def _version() -> str:
    try:
        return version("metrica")
    except PackageNotFoundError:
        return "not installed"


def build_parser() -> argparse.ArgumentParser:
    """The parser with every subcommand of `local.commands`."""
    parser = argparse.ArgumentParser(prog="metrica", description="Run Metrica on one machine.")
    parser.add_argument("--version", action="version", version=f"metrica {_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in commands.modules():
        module.add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns its exit code: 0 done, 1 something is in the way (one sentence on stderr says what), 2 wrong usage,
    130 interrupted. `METRICA_TRACEBACK=1` lets an unexpected error through with its traceback, for developers.
    """
    arguments = build_parser().parse_args(argv)
    run: commands.Command = arguments.run
    try:
        return run(arguments)
    except LocalError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        return _complain(f"`metrica {arguments.command}` cannot go on: {error.strerror or error}{place}")
    except Exception as error:  # the last resort: no traceback ever reaches a user
        if os.environ.get("METRICA_TRACEBACK"):
            raise
        reason = " ".join(str(error).split()) or "no reason given"
        return _complain(
            f"unexpected {type(error).__name__} in `metrica {arguments.command}`: {reason[:300]} "
            "(METRICA_TRACEBACK=1 shows where)"
        )


def _complain(sentence: str) -> int:
    print(f"metrica: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
