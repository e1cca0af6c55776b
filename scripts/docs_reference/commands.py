"""The reference of the commands, from the help of their parsers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

WIDTH = 100
"""Columns of the help."""


class _Formatter(argparse.HelpFormatter):
    """Formats help in the same width on every machine."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=WIDTH)


def commands_page(*parsers: argparse.ArgumentParser) -> str:
    """Return a Markdown page with the help of programs and of all their subcommands.

    Args:
        parsers: The parser of each program.
    """
    parts = ["# Commands", "This page is made from the `--help` of each command."]
    for parser in parsers:
        parts += [f"## {parser.prog}", *_sections(parser)]
    return "\n\n".join(parts) + "\n"


def _sections(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the help of a parser, and a section for each subcommand."""
    yield _help_block(parser)
    for name, subparser in subcommands(parser):
        yield f"### {parser.prog} {name}"
        yield from _sections(subparser)


def subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield the subcommands of a parser with their names, each once."""
    seen = set()
    for action in parser._actions:  # argparse has no public list of its subcommands
        if isinstance(action, argparse._SubParsersAction):
            for name, subparser in action.choices.items():
                if id(subparser) not in seen:
                    seen.add(id(subparser))
                    yield name, subparser


def _help_block(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = _Formatter
    text = re.sub(r"\n{3,}", "\n\n", parser.format_help().strip())
    return f"```text\n{text}\n```"
