"""The version of pyproject.toml is the version of everything."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from edge_worker.cli import main as edge_main
from edge_worker.cli import worker_version
from local.cli import main as local_main

ROOT = Path(__file__).parents[3]
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
WORKSPACES = [
    ROOT / "package.json",
    *sorted((ROOT / "web").glob("*/package.json")),
    ROOT / "db" / "timescale" / "embedded" / "package.json",
]


@pytest.mark.parametrize("path", WORKSPACES, ids=lambda path: path.parent.name)
def test_every_npm_workspace_has_it(path: Path) -> None:
    package = json.loads(path.read_text())
    assert package["version"] == VERSION
    dependencies = {**package.get("dependencies", {}), **package.get("peerDependencies", {})}
    assert {version for name, version in dependencies.items() if name.startswith("@metrica/")} <= {VERSION}


def test_the_npm_lock_has_it() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path in WORKSPACES:
        folder = path.parent.relative_to(ROOT).as_posix()
        assert packages["" if folder == "." else folder]["version"] == VERSION


def test_the_worker_reports_it() -> None:
    assert worker_version() == VERSION


@pytest.mark.parametrize(("main", "name"), [(edge_main, "metrica-edge"), (local_main, "metrica")])
def test_both_commands_print_it(
    main: Callable[[list[str]], int], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(["--version"])
    assert (exit_info.value.code, capsys.readouterr().out) == (0, f"{name} {VERSION}\n")
