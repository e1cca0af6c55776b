"""``metrica-edge``: counts people at a line on the machine in the shop."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from edge_worker import commands
from edge_worker.errors import EdgeError

INTERRUPTED = 130
UNEXPECTED = 70


def command_names() -> list[str]:
    """Every module of ``edge_worker.commands`` is a subcommand."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all subcommands, or of one of them alone (so that the others are not even imported)."""
    parser = argparse.ArgumentParser(prog="metrica-edge", description=__doc__)
    parser.add_argument("--version", action="version", version=f"metrica-edge {worker_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in [only] if only else command_names():
        importlib.import_module(f"edge_worker.commands.{name}").add_parser(subparsers)
    return parser


def worker_version() -> str:
    try:
        return version("metrica")
    except PackageNotFoundError:
        return "0+unknown"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one subcommand and returns its exit code; whatever fails says so in one sentence on stderr."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # OpenCV and FFmpeg write warnings of their own to stderr; what went wrong is said once, by us.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    only = arguments[0] if arguments and arguments[0] in command_names() else None
    try:
        parsed = build_parser(only).parse_args(arguments)
        return int(parsed.run(parsed))
    except EdgeError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left (``| head``): nothing to say, and nobody to say it to.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        return 1
    except Exception as error:  # noqa: BLE001 - the last place that can keep a traceback from a shop keeper
        if os.environ.get("METRICA_DEBUG"):
            traceback.print_exc()
        _say(f"unexpected {type(error).__name__}: {error} (METRICA_DEBUG=1 shows where)")
        return UNEXPECTED


def _say(message: str) -> None:
    print(f"metrica-edge: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
