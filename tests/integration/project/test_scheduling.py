"""Tests that share something run on one worker of pytest-xdist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scheduling import GROUPS, group_of

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


@pytest.mark.slow
def test_a_module_and_a_group_run_on_one_worker_and_no_module_uses_the_fixture_of_another_group(tmp_path: Path) -> None:
    modules = {
        "tests/e2e/web/test_a.py": TESTS,
        "tests/integration/local/stack/test_stack.py": TESTS,
        "tests/unit/test_c.py": TESTS.replace('"workers"', '"others"') + FIXTURE,
    }
    for name, source in modules.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    plugins = ["-p", "tests.scheduling", "-p", "no:hypothesispytest", "-p", "no:schemathesis"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--rootdir", ".", *plugins, *modules]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    output = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False).stdout
    assert "12 passed, 1 error" in output
    assert "tests/unit/test_c.py uses the fixture stack: add it to GROUPS in tests/scheduling.py." in output
    (of_the_group,) = set((tmp_path / "workers").read_text().split())
    assert set((tmp_path / "others").read_text().split()) == {"gw0", "gw1"} - {of_the_group}


def test_every_path_of_a_group_exists() -> None:
    assert [path for paths in GROUPS.values() for path in paths if not (ROOT / path).exists()] == []
    assert group_of("tests/e2e/web/test_admin_setup.py") == "stack"
    assert group_of("tests/e2e/test_the_whole_demo.py") == "tests/e2e/test_the_whole_demo.py"
