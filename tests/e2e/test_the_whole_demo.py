"""`metrica demo` as somebody at a terminal runs it; takes about half a minute on an idle machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
import pytest

from local.demo.footage import SHARED_CLIPS
from local.errors import MissingToolError
from local.seed.demo_tenant import KOLKATA_STORE, ROME_STORE
from local.stack.prerequisites import require_node
from local.stack.service_definitions import StackUrls
from local.stack.settings import StackSettings
from tests.stack import stack_settings

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]
PLAZA = SHARED_CLIPS / "plaza.avi"
COMMAND = (sys.executable, "-m", "local.cli", "demo")
LAST_LINE = re.compile(r"demo: crossings=(\d+) in=(\d+) out=(\d+) stored=(\d+) hourly=(\d+)")


@dataclass(frozen=True)
class Demo:
    """How one demo went, and what was seen while it ran."""

    exit_code: int
    lines: list[str]
    error: str
    seen_in_psql: int
    counts: dict[str, dict[str, Any]]
    second: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    try:
        require_node()
    except MissingToolError as error:
        pytest.skip(str(error))
    home = tmp_path_factory.mktemp("demo")
    settings = stack_settings(home)
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VIDEO", "LINE"}},
        # Somebody crosses every few seconds.
        **({"VIDEO": str(PLAZA)} if PLAZA.is_file() else {}),
        "CAMERAS": "4",
        **{port.variable: str(port.number) for port in settings.ports},
        "METRICA_HOME": str(home),
        "DEMO_SECONDS": "15",
        "PYTHONUNBUFFERED": "1",
    }
    errors = (home / "stderr").open("w+")
    with subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as running:
        try:
            assert running.stdout is not None
            lines = list(_until_it_counts(running.stdout))
            seen, second = -1, subprocess.CompletedProcess(COMMAND, -1, "", "")
            if running.poll() is None:
                seen = _look(settings)
                second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False)
            lines += [line.rstrip("\n") for line in running.stdout]
            running.wait()
        finally:
            running.terminate()
    errors.seek(0)
    statuses = [json.loads(file.read_text()) for file in sorted(settings.edge_folder.glob("*.status.json"))]
    counts = {status["camera_id"]: status for status in statuses}
    return Demo(running.returncode, lines, errors.read(), seen, counts, second)


def _until_it_counts(output: IO[str]) -> Iterator[str]:
    for line in output:
        yield line.rstrip("\n")
        if line.startswith("counting for"):
            return


def _look(settings: StackSettings) -> int:
    with psycopg.connect(StackUrls.of(settings).database, autocommit=True, prepare_threshold=None) as connection:
        return len(connection.execute("SELECT * FROM footfall_hourly").fetchall())


def test_it_ends_by_itself_and_its_last_line_agrees_with_itself(demo: Demo) -> None:
    assert demo.exit_code == 0, demo.error
    numbers = LAST_LINE.fullmatch(demo.lines[-1])
    assert numbers is not None, demo.lines[-1]
    crossings, ins, outs, stored, hourly = map(int, numbers.groups())
    assert crossings == ins + outs == stored == hourly > 0


def test_four_cameras_of_two_stores_count(demo: Demo) -> None:
    cameras = {str(camera.id) for store in (ROME_STORE, KOLKATA_STORE) for camera in store.cameras}
    assert set(demo.counts) == cameras
    assert all(status["in"] + status["out"] > 0 for status in demo.counts.values()), demo.counts
    described = [line for line in demo.lines if line.startswith("  camera ")]
    assert [sum(store.name in line for line in described) for store in (ROME_STORE, KOLKATA_STORE)] == [2, 2]


def test_it_says_where_to_look_and_how_to_sign_in(demo: Demo) -> None:
    said = "\n".join(demo.lines)
    for part in ("dashboard", "admin", "owner@demo.example", "admin@demo.example", "Bottega Termini"):
        assert part in said


def test_the_database_can_be_looked_at_meanwhile(demo: Demo) -> None:
    assert demo.seen_in_psql > 1000


def test_a_second_one_beside_it_says_which_port_is_taken_and_by_what(demo: Demo) -> None:
    assert demo.second.returncode == 1
    assert re.search(r"port \d+ \(\w[\w ]*\) is taken", demo.second.stderr), demo.second.stderr
    assert "Traceback" not in demo.second.stderr


def test_nothing_is_said_that_is_no_sentence(demo: Demo) -> None:
    assert demo.error == ""


def test_every_known_fault_of_the_environment_is_said_before_anything_starts(tmp_path: Path) -> None:
    for variable, value in (
        ("VIDEO", "/no/such.mp4"),
        ("LINE", "here"),
        ("CAMERAS", "9"),
        ("DEMO_SECONDS", "soon"),
    ):
        environment = {**os.environ, variable: value, "METRICA_HOME": str(tmp_path / "home")}
        done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.startswith(f"metrica: {variable}")
        assert done.stderr.count("\n") == 1
    assert not (tmp_path / "home").exists()
