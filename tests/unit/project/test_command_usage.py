"""A mistake in a command shows the usage of that command, in all three programs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

import edge_worker.cli
import local.cli
import server.cli

PROGRAMS = (edge_worker.cli.build_parser(), local.cli.build_parser(), server.cli.build_parser())


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command that has no further subcommand."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, subparser in action.choices.items():
                yield from commands(subparser, (*words, name))
            return
    yield words


COMMANDS = [(parser, words) for parser in PROGRAMS for words in commands(parser)]


def operands(parser: argparse.ArgumentParser, words: tuple[str, ...]) -> list[str]:
    """Return valid values of what a command requires, so that the unknown option is its only mistake."""
    for word in words:
        (subcommands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
        parser = subcommands.choices[word]
    given = []
    for action in parser._actions:
        if not action.required:
            continue
        value = next(iter(action.choices)) if action.choices else VALUES.get(action.dest, "x")
        given += [*action.option_strings[:1], str(value)]
    return given


VALUES = {"email": "you@example.com", "store": "1b4e28ba-2fa1-4d2b-9b3c-000000000001"}


@pytest.mark.parametrize(("parser", "words"), COMMANDS, ids=[" ".join((one.prog, *words)) for one, words in COMMANDS])
def test_an_unknown_option_shows_the_usage_of_its_command(
    parser: argparse.ArgumentParser, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args([*words, *operands(parser, words), "--no-such-option"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    command = " ".join((parser.prog, *words))
    assert said.startswith(f"usage: {command} ")
    assert re.search(rf"^{re.escape(command)}: error: unrecognized arguments: --no-such-option$", said, re.MULTILINE)


@pytest.mark.parametrize("parser", PROGRAMS, ids=lambda one: one.prog)
def test_an_unknown_option_of_the_program_shows_the_usage_of_the_program(
    parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args(["--no-such-option"])
    assert capsys.readouterr().err.startswith(f"usage: {parser.prog} [-h]")
