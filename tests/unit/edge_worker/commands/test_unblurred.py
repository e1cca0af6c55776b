"""Commands that write pictures of people say that people are not blurred in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.cli import build_parser
from edge_worker.errors import EdgeError

COMMANDS = {
    "calibrate": ("calibrate", "no-such-clip.mp4", "--out", "{folder}/picture.jpg"),
    "count": ("count", "no-such-clip.mp4", "--annotate", "{folder}/video.mp4"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_says_that_people_are_not_blurred(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser(command).parse_args([command, "--help"])
    assert "people are not blurred" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_warning_names_the_file_before_anything_is_written(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = [word.format(folder=tmp_path) for word in COMMANDS[command]]
    arguments = build_parser(command).parse_args(words)
    with pytest.raises(EdgeError):
        arguments.run(arguments)
    said = capsys.readouterr()
    assert said.err.startswith(f"warning: people are not blurred in {words[-1]}: ")
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []
