"""A command line with subcommands whose errors show the usage of the subcommand that is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


class CommandParser(argparse.ArgumentParser):
    """Reports an unknown option where it stands.

    argparse hands what a subcommand does not know back to the parser of the whole program, whose usage says nothing
    about the options of the subcommand. The parsers of subcommands are of the class of their program's parser.
    """

    def parse_known_args(  # type: ignore[override]  # the overloads of argparse say no more than this
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """Parse, and end with exit code 2 if there is something unknown."""
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return parsed, unknown
