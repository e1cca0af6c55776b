"""Tests that share something run on one worker of pytest-xdist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scheduling import GROUPS, STARTED_FIRST, group_of

ROOT = Path(__file__).parents[3]
TESTS = """
import os, pathlib, pytest

@pytest.mark.parametrize("number", range(4))
def test_it(number):
    with pathlib.Path("workers").open("a") as file:
        file.write(f"{os.environ['PYTEST_XDIST_WORKER']} ")
"""
FIXTURE = """
@pytest.fixture
def stack(): ...

def test_the_fixture(stack): ...
"""


def run(folder: Path, workers: int, modules: dict[str, str]) -> str:
    """Write test modules into a folder and run them; what pytest said."""
    for name, source in modules.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    plugins = ["-p", "tests.scheduling", "-p", "no:hypothesispytest", "-p", "no:schemathesis"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--rootdir", ".", *plugins, *modules]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
def test_a_module_and_a_group_run_on_one_worker_and_no_module_uses_the_fixture_of_another_group(tmp_path: Path) -> None:
    modules = {
        "tests/e2e/web/test_a.py": TESTS,
        "tests/integration/local/stack/test_stack.py": TESTS,
        "tests/unit/test_c.py": TESTS.replace('"workers"', '"others"') + FIXTURE,
    }
    output = run(tmp_path, 2, modules)
    assert "12 passed, 1 error" in output
    assert "tests/unit/test_c.py uses the fixture stack: add it to GROUPS in tests/scheduling.py." in output
    (of_the_group,) = set((tmp_path / "workers").read_text().split())
    assert set((tmp_path / "others").read_text().split()) == {"gw0", "gw1"} - {of_the_group}


def test_what_takes_longest_starts_first(tmp_path: Path) -> None:
    of_the_group = GROUPS["cameras in real time"]
    (month,) = [name for name in STARTED_FIRST if name not in GROUPS]
    modules = ["tests/unit/test_a.py", month, "tests/e2e/test_b.py", *of_the_group]
    source = 'def test_it():\n    with open("order", "a") as file:\n        print({!r}, file=file)\n'
    output = run(tmp_path, 1, {name: source.format(name) for name in modules})
    assert f"{len(modules)} passed" in output, output
    expected = [*of_the_group, month, "tests/unit/test_a.py", "tests/e2e/test_b.py"]
    assert (tmp_path / "order").read_text().split() == expected


def test_every_path_of_a_group_and_of_what_starts_first_exists() -> None:
    paths = [path for paths in GROUPS.values() for path in paths]
    paths += [name for name in STARTED_FIRST if name not in GROUPS]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert group_of("tests/e2e/web/test_admin_setup.py") == "stack"
    assert group_of("tests/e2e/test_the_whole_demo.py") == "tests/e2e/test_the_whole_demo.py"


@pytest.mark.parametrize("marker", ["mark.slow", "mark.clock"])
def test_the_markers_by_which_files_are_chosen_stand_in_test_modules_only(marker: str) -> None:
    """`make test-slow` and `make test-clock` collect the test modules that have them."""
    users = [path for path in (ROOT / "tests").rglob("*.py") if marker in path.read_text(encoding="utf-8")]
    assert len(users) > 20
    assert [path for path in users if not path.name.startswith("test_")] == []
