"""`metrica` reports errors in one sentence."""

from __future__ import annotations

import argparse
import errno

import pytest

from local import cli
from local.commands import Subparsers
from local.errors import LocalError


class Failing:
    """A command module whose command raises."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def add_parsers(self, subparsers: Subparsers) -> None:
        subparsers.add_parser("fail").set_defaults(run=self.run)

    def run(self, _: argparse.Namespace) -> int:
        raise self._error


def run_failing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(cli, "COMMAND_MODULES", [Failing(error)])
    return cli.main(["fail"])


def test_an_error_is_reported_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(LocalError("the port is taken: stop the other program"), monkeypatch) == 1
    assert capsys.readouterr().err == "metrica: the port is taken: stop the other program\n"


def test_an_unexpected_error_has_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(RuntimeError("two\nlines"), monkeypatch) == 1
    assert capsys.readouterr().err == (
        "metrica: unexpected RuntimeError in `metrica fail`: two lines (METRICA_TRACEBACK=1 shows where)\n"
    )


def test_a_package_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = ModuleNotFoundError("No module named 'psutil'", name="psutil")
    assert run_failing(missing, monkeypatch) == 1
    assert capsys.readouterr().err == (
        "metrica: `metrica fail` needs the package psutil, which is not installed: run `make setup` in a clone. "
        "On one server, use metrica-server\n"
    )
    assert run_failing(ModuleNotFoundError("No module named 'local.nothing'", name="local.nothing"), monkeypatch) == 1
    assert "unexpected ModuleNotFoundError" in capsys.readouterr().err


def test_a_full_disk_is_reported_with_the_path(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/home/me/.metrica/auth/keys.json")
    assert run_failing(full, monkeypatch) == 1
    assert capsys.readouterr().err == (
        "metrica: `metrica fail` failed: No space left on device: /home/me/.metrica/auth/keys.json\n"
    )


def test_an_interrupt_is_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_failing(KeyboardInterrupt(), monkeypatch) == 130


def test_the_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    assert {"up", "migrate"} <= set(capsys.readouterr().out.split())
