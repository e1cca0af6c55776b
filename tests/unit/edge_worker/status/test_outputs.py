from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from edge_worker.errors import UsageError
from edge_worker.status.outputs import StatusFile, TerminalLine, status_line

STATUS = {
    "in": 3,
    "out": 2,
    "frames": 500,
    "fps": 24.96,
    "sent": 4,
    "backlog": 0,
    "dead": 0,
    "unstored": 0,
    "lost": 0,
    "problem": None,
}


def test_the_status_line_of_a_healthy_run_is_short() -> None:
    assert status_line(STATUS) == "IN 3  OUT 2 · 500 frames · 25.0/s · sent 4"


def test_the_status_line_contains_every_problem() -> None:
    bad = {**STATUS, "backlog": 7, "dead": 1, "unstored": 2, "lost": 3, "problem": "the disk is full"}
    assert status_line(bad).endswith("waiting 7 · refused 1 · NOT ON DISK 2, lost 3 · the disk is full")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_fits_the_terminal_and_is_not_written_anywhere_else() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    TerminalLine(terminal, width=20).show("x" * 100)
    TerminalLine(pipe).show("x" * 100)
    assert terminal.getvalue().count("x") == 19
    assert pipe.getvalue() == ""


def test_the_status_file_is_replaced_atomically_and_leaves_no_draft(tmp_path: Path) -> None:
    file = StatusFile(tmp_path / "status.json")
    file.create({"frames": 1})
    before = (tmp_path / "status.json").open()
    file.write({"frames": 2})
    with before:
        assert json.loads(before.read()) == {"frames": 1}
    assert json.loads((tmp_path / "status.json").read_text()) == {"frames": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]


def test_a_status_file_that_cannot_be_written_is_an_error_at_start_and_a_problem_later(tmp_path: Path) -> None:
    file = StatusFile(tmp_path / "missing" / "status.json")
    with pytest.raises(UsageError, match="cannot be written"):
        file.create({})
    file.write({})
    assert file.problem is not None
