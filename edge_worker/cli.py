"""Count people who cross a line in the video of a store's camera."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from edge_worker import commands
from edge_worker.command_parser import CommandParser
from edge_worker.errors import EdgeError, UsageError
from edge_worker.process_exit import exit_process
from edge_worker.redaction import redact

INTERRUPTED = 130
UNEXPECTED = 70


def command_names() -> list[str]:
    """Return the names of the subcommands: one for each module of ``edge_worker.commands``."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of all subcommands, or of one alone, which saves importing the others."""
    parser = CommandParser(prog="metrica-edge", description=__doc__)
    parser.add_argument("--version", action="version", version=f"metrica-edge {worker_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in [only] if only else command_names():
        importlib.import_module(f"edge_worker.commands.{name}").add_parser(subparsers)
    return parser


def worker_version() -> str:
    """Return the version of the installed package, ``0+unknown`` when it is not installed."""
    try:
        return version("metrica")
    except PackageNotFoundError:
        return "0+unknown"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    if sys.platform == "win32":
        _print_error("Windows is not supported directly: install WSL (wsl --install) and run metrica-edge in it")
        return UsageError.exit_code
    arguments = list(sys.argv[1:] if argv is None else argv)
    only = arguments[0] if arguments and arguments[0] in command_names() else None

    def command() -> int:
        parsed = build_parser(only).parse_args(arguments)
        return int(parsed.run(parsed))

    return run_reporting_errors(command)


def entry_point() -> NoReturn:
    """Run the subcommand of the command line and end the process with its exit code."""
    exit_process(main())


def run_reporting_errors(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; print an error as one sentence on stderr."""
    # OpenCV and FFmpeg would write warnings of their own to stderr. The worker reports what failed itself.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    try:
        return command()
    except EdgeError as error:
        _print_error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _print_error("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has ended (``| head``): there is nothing left to print to.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        return 1
    except Exception as error:  # noqa: BLE001 - the last place that can keep a traceback from the user
        if os.environ.get("METRICA_DEBUG"):
            traceback.print_exc()
        _print_error(f"unexpected {type(error).__name__}: {error} (set METRICA_DEBUG=1 for the traceback)")
        return UNEXPECTED


def _print_error(message: str) -> None:
    print(redact(f"metrica-edge: {message}"), file=sys.stderr)


if __name__ == "__main__":
    entry_point()
