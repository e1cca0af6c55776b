"""The pool of Lambda processes: requests whose process raises, dies, hangs or fails to start."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
POOL = Path(__file__).parents[4] / "local" / "lambdas" / "process_pool.mjs"
LAMBDA = """
import os, signal, time

def handler(event, context):
    match event["do"]:
        case "environment":
            return [os.environ["COLOUR"], context.function_name, context.get_remaining_time_in_millis() > 0]
        case "raise": raise ValueError("no such thing")
        case "die": os.kill(os.getpid(), signal.SIGKILL)
        case "hang": time.sleep(600)
        case "print": print("a line of log"); return {"printed": True}
    return os.getpid()
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    folder = tmp_path_factory.mktemp("lambdas")
    (folder / "lambdas_of_tests.py").write_text(LAMBDA)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [node, str(HERE / "process_pool_scenario.mjs"), str(POOL), str(folder)],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found["results"], "log": found["log"]}


def test_a_function_gets_its_environment_and_context(outcomes: dict[str, Any]) -> None:
    assert outcomes["environment"] == ["green", "test", True]


def test_the_process_continues_after_an_exception(outcomes: dict[str, Any]) -> None:
    assert outcomes["raises"] == "LambdaError: test: ValueError: no such thing"
    assert outcomes["sameProcess"] == outcomes["sameProcessAgain"]


def test_a_process_that_dies_fails_its_request_and_is_replaced_for_the_next(outcomes: dict[str, Any]) -> None:
    assert outcomes["dies"] == "LambdaError: test: killed by SIGKILL"
    assert outcomes["afterDeath"] != outcomes["sameProcess"]


def test_a_process_that_hangs_is_killed_after_its_time(outcomes: dict[str, Any]) -> None:
    assert outcomes["timesOut"] == "LambdaError: slow: timed out after 0.5 s"
    assert isinstance(outcomes["afterTimeout"], int)


def test_the_output_of_a_function_goes_to_the_log(outcomes: dict[str, Any]) -> None:
    assert outcomes["prints"] == {"printed": True}
    assert "a line of log" in outcomes["log"]


def test_a_function_that_fails_to_start_is_reported(outcomes: dict[str, Any]) -> None:
    assert outcomes["noInterpreter"].startswith("LambdaError: none: python0.0 cannot be started")
    assert outcomes["noModule"] == "LambdaError: missing: ended with exit code 1"
    assert any("no_such_module.handler failed to start" in line for line in outcomes["log"])


def test_the_number_of_processes_is_limited(outcomes: dict[str, Any]) -> None:
    assert len(outcomes["atOnce"]) == 8
    assert len(set(outcomes["atOnce"])) == 2


def test_idle_processes_end(outcomes: dict[str, Any]) -> None:
    assert outcomes["afterIdle"] not in outcomes["atOnce"]


def test_a_reload_replaces_idle_processes_at_once_and_busy_ones_after_their_request(outcomes: dict[str, Any]) -> None:
    assert outcomes["beforeReload"] != outcomes["afterReload"] == outcomes["inFlight"] != outcomes["afterSecondReload"]
