"""Simulated crossings pass through outbox, HTTP, Lambda and database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg

from local.stack.stack import Stack
from tests.shop import Shop

RUNS_S = 10
SEED = 45
"""Gives four crossings in the first five seconds."""


def _simulator(folder: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        (
            *(sys.executable, "-m", "local.simulator", "--seed", str(SEED)),
            *("--outbox", str(folder / "outbox.db"), "--status-file", str(folder / "status.json")),
        ),
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_it_counts_is_stored(stack: Stack, tmp_path: Path) -> None:
    shop = Shop.open(stack, (0.0, 0.5, 1.0, 0.5), "foot")
    environment = {"METRICA_API_URL": stack.urls.api, "METRICA_CAMERA_ID": str(shop.camera_id)}
    with _simulator(tmp_path, METRICA_WORKER_KEY=shop.worker_key, **environment) as simulator:
        with suppress(subprocess.TimeoutExpired):
            simulator.wait(RUNS_S)
        simulator.send_signal(signal.SIGTERM)
        _, stderr = simulator.communicate()
    assert simulator.returncode == 0, stderr
    status = json.loads((tmp_path / "status.json").read_text())
    assert status["crossings"] >= 3
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        stored = connection.execute(
            "SELECT count(*) FILTER (WHERE direction = 'IN'), count(*) FILTER (WHERE direction = 'OUT') "
            "FROM events WHERE camera_id = %s",
            (shop.camera_id,),
        ).fetchone()
    assert stored == (status["in"], status["out"])


def test_a_wrong_key_is_reported_in_one_sentence(stack: Stack, tmp_path: Path) -> None:
    shop = Shop.open(stack, (0.0, 0.5, 1.0, 0.5), "foot")
    environment = {"METRICA_API_URL": stack.urls.api, "METRICA_CAMERA_ID": str(shop.camera_id)}
    with _simulator(tmp_path, METRICA_WORKER_KEY="mk_" + "A" * 43, **environment) as simulator:
        _, stderr = simulator.communicate()
    assert simulator.returncode == 1
    assert "simulator: the backend refuses the worker key (401)" in stderr
    assert "Traceback" not in stderr
