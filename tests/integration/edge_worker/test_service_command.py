"""`metrica-edge service`: the files that it writes, as systemd and the worker read them, and the calls of systemd."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from edge_worker.service.unit import TEMPLATE, fill_in
from edge_worker.supervisor.edge_file import read_edge_file

DOOR, GATE = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
SETTINGS = {
    "METRICA_API_URL": "https://api.example.com",
    "METRICA_WORKER_KEY": "mk_secret",
    "METRICA_CAMERA_ID": DOOR,
    "METRICA_SOURCE": "rtsp://viewer:pass%25word@10.0.0.1/1",
}


def service(home: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "edge_worker.cli", "service", *arguments],
        env={"HOME": str(home), "PATH": os.environ["PATH"], **SETTINGS, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home of 100 % $USER"
    folder.mkdir()
    return folder


def test_two_cameras_of_one_box_are_in_one_file_that_only_the_user_reads(home: Path) -> None:
    assert service(home, "--no-start").returncode == 0
    done = service(home, "--no-start", METRICA_CAMERA_ID=GATE, METRICA_SOURCE="rtsp://10.0.0.2/1")
    assert (done.returncode, done.stderr) == (0, "")
    config = home / ".config" / "metrica" / "edge.toml"
    assert f"{config} (2 cameras)" in done.stdout
    cameras = read_edge_file(config).cameras
    assert [(one.options.camera_id, one.options.source) for one in cameras] == [
        (DOOR, SETTINGS["METRICA_SOURCE"]),
        (GATE, "rtsp://10.0.0.2/1"),
    ]
    assert {one.options.key for one in cameras} == {"mk_secret"}
    for file in (config, config.parent / "key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(config.parent.glob(".*"))
    for secret in ("mk_secret", "pass%25word"):
        assert secret not in done.stdout


def test_systemd_finds_nothing_wrong_with_the_unit_of_a_strange_home(home: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here: nobody can say what it makes of the unit")
    program = home / "metrica-edge"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "metrica-edge.service"
    text = TEMPLATE.read_text()
    unit.write_text(fill_in(text, program=program, config=home / "edge.toml", models=home / "models"))
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], check=False, capture_output=True, text=True
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_a_missing_setting_and_a_wrong_one_are_named(home: Path) -> None:
    done = service(home, "--no-start", METRICA_SOURCE="")
    assert done.returncode == 2
    assert "--source is missing (or set METRICA_SOURCE)" in done.stderr
    done = service(home, "--no-start", METRICA_CAMERA_ID="x")
    assert done.returncode == 2
    assert not (home / ".config").exists()


def fake_systemd(folder: Path, failing: str = "") -> Path:
    """Programs that note how they are called; one of them fails."""
    folder.mkdir()
    for name in ("systemctl", "loginctl"):
        program = folder / name
        program.write_text(
            f'#!/bin/sh\necho "{name} $*" >> "{folder}/calls"\n'
            f'case "{name} $*" in "{failing or "never"}"*) echo "Access denied" >&2; exit 1;; esac\n'
        )
        program.chmod(0o755)
    return folder


CALLS = [
    "loginctl enable-linger",
    "systemctl --user daemon-reload",
    "systemctl --user enable metrica-edge.service",
    "systemctl --user restart metrica-edge.service",
]


def start_with(folder: Path, booted: Path) -> subprocess.CompletedProcess[str]:
    program = (
        "from pathlib import Path; from edge_worker.service import installation; from edge_worker.cli import "
        f"run_reporting_errors; import sys; installation.BOOTED = Path({str(booted)!r}); "
        "sys.exit(run_reporting_errors(lambda: installation.start() or 0))"
    )
    path = f"{folder}:{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )


def test_the_service_is_enabled_for_each_start_of_the_machine(tmp_path: Path) -> None:
    folder = fake_systemd(tmp_path / "bin")
    assert start_with(folder, tmp_path).returncode == 0
    assert (folder / "calls").read_text().splitlines() == CALLS


HINTS = ["sudo loginctl", "log in", "log in", "journalctl"]


@pytest.mark.parametrize(("failing", "hint"), list(zip(CALLS, HINTS, strict=True)))
def test_what_systemd_refuses_is_said_with_what_to_do(tmp_path: Path, failing: str, hint: str) -> None:
    folder = fake_systemd(tmp_path / "bin", failing)
    done = start_with(folder, tmp_path)
    assert done.returncode == 1
    assert f"{failing}: Access denied → " in done.stderr
    assert hint in done.stderr
    assert (folder / "calls").read_text().splitlines()[-1] == failing


def test_without_systemd_the_command_says_what_to_do_instead(tmp_path: Path) -> None:
    done = start_with(fake_systemd(tmp_path / "bin"), tmp_path / "nothing")
    assert done.returncode == 1
    assert "systemd does not run on this machine: start the worker with metrica-edge run" in done.stderr
