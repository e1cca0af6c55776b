"""The shell commands of the documentation: tests take the commands that they run from the pages.

A command in a fence of the language `sh`, `bash`, `console` or `shell` is run by a test that takes it with
`page_command`, or its fence has a mark directly above it:

    <!-- not-run: why no test runs it -->

`tests/integration/project/test_docs_commands.py` demands one of the two.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FENCE = re.compile(
    r"(?P<mark>^[ ]*<!-- not-run: (?P<reason>[^>]*?) -->\n)?^(?P<indent>[ ]*)```(?P<language>sh|bash|console|shell)\n"
    r"(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Fence:
    """A fence with shell commands.

    Attributes:
        page: Path of the page, relative to the repository.
        line: Number of its first line.
        commands: The commands without comments, prompts and output, one text for each.
        reason: Why no test runs them; None if tests do.
    """

    page: str
    line: int
    commands: tuple[str, ...]
    reason: str | None


def pages() -> list[Path]:
    """Return the README and the pages of the documentation, without decision records."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def read_fences(page: Path) -> list[Fence]:
    """Return the fences with shell commands of a page."""
    text = page.read_text(encoding="utf-8")
    return [
        Fence(
            page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name,
            text.count("\n", 0, found.start()) + 1,
            _commands(found["body"], is_session=found["language"] == "console"),
            None if found["reason"] is None else " ".join(found["reason"].split()),
        )
        for found in _FENCE.finditer(text)
    ]


def page_command(page: str, command: str) -> list[str]:
    """Return the words of a command that stands on a page.

    Args:
        page: Path of the page, relative to the repository.
        command: The command as the page has it, without its comment.

    Raises:
        LookupError: The page has no such command, or its fence is marked as not run.
    """
    for fence in read_fences(ROOT / page):
        if fence.reason is None and command in fence.commands:
            return shlex.split(command)
    raise LookupError(f"{page} has no command {command!r} that is run by tests")


def _commands(body: str, *, is_session: bool) -> tuple[str, ...]:
    joined = re.sub(r"\\\n\s*", "", body)
    lines = [line.strip() for line in joined.splitlines()]
    if is_session:
        lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    without_comments = (re.sub(r"(?:^|\s+)#(?:\s.*)?$", "", line) for line in lines)
    return tuple(line for line in without_comments if line)
