"""The systemd unit that is shipped, as systemd itself reads it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from edge_worker.cli import build_parser

DEPLOY = Path(__file__).parents[3] / "edge_worker" / "deploy"
UNIT = DEPLOY / "metrica-edge.service"


def settings(name: str) -> list[str]:
    return [line.split("=", 1)[1] for line in UNIT.read_text().splitlines() if line.startswith(f"{name}=")]


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here: nobody can say what it makes of the unit")
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text().replace("/opt/metrica/bin/metrica-edge", sys.executable))
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], check=False, capture_output=True, text=True
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_the_units_command_is_one_of_ours_and_its_credentials_are_those_that_edge_toml_names() -> None:
    [command] = settings("ExecStart")
    parsed = build_parser().parse_args(shlex.split(command)[1:])
    credentials = {one.split(":")[0] for one in settings("LoadCredential")}
    assert str(parsed.config) == "%d/edge.toml"
    assert credentials == {"edge.toml", tomllib.loads((DEPLOY / "edge.toml").read_text())["key_file"]}


def test_systemd_waits_longer_for_the_end_than_the_supervisor_for_its_workers() -> None:
    from edge_worker.supervisor.supervisor import STOP_TIMEOUT_S

    [stop_s] = settings("TimeoutStopSec")
    assert float(stop_s) > STOP_TIMEOUT_S + 5
