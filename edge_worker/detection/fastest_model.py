"""Selection of the fastest way to run a model: of several files of it, and with or without AMX.

Which is faster depends on the CPU, so they are timed on this machine. The times are kept: the same files are not timed
again on the same CPU.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from edge_worker.detection.amx import LIMIT, has_amx
from edge_worker.detection.device import Device
from edge_worker.detection.engine_probe import cpu_features
from edge_worker.weights.lookup import cache_folder

TIMING_TIMEOUT_S = 120
"""A Raspberry Pi 4 needs about 0.6 s for a frame with floats."""
QUANTISED = b'type="FakeQuantize"'
"""What the graph of every model with 8 bits contains."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelRun:
    """A model file and how it is run.

    Attributes:
        path: The file.
        use_amx: False to do without AMX, which makes a difference only with 8 bits.
    """

    path: Path
    use_amx: bool = True

    def __str__(self) -> str:
        """Return the name of the file and what is special about the run."""
        return self.path.name if self.use_amx else f"{self.path.name} without AMX"


def fastest_run(models: Sequence[Path], device: Device) -> ModelRun:
    """Return the run that needs the least time for a frame on this machine; the first model if they cannot be timed.

    Args:
        models: Files for OpenVINO, at least one.
        device: The processor that was asked for.
    """
    runs = possible_runs(models, device)
    times_ms = run_times_ms(runs, device) if len(runs) > 1 else {}
    return next(iter(times_ms), runs[0])


def possible_runs(models: Sequence[Path], device: Device) -> list[ModelRun]:
    """Return one run of each model, then one more without AMX of each with 8 bits, if the CPU has AMX."""
    runs = [ModelRun(model) for model in models]
    if device in (Device.AUTO, Device.CPU) and has_amx():
        runs += [ModelRun(model, use_amx=False) for model in models if _is_quantised(model)]
    return runs


def run_times_ms(runs: Sequence[ModelRun], device: Device) -> dict[ModelRun, float]:
    """Return the milliseconds of each run per frame, kept or measured now in child processes.

    Returns:
        The times, the shortest first; empty if they cannot be measured, which is logged.
    """
    kept = _kept_file(runs, device)
    with suppress(OSError, ValueError):
        return _shortest_first(dict(zip(runs, json.loads(kept.read_text()), strict=True)))
    try:
        times_ms = _measure(runs, device)
    except subprocess.TimeoutExpired:
        log.warning("the models were not timed within %d s: %s is used", TIMING_TIMEOUT_S, runs[0])
        return {}
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or [f"exit code {error.returncode}"])[-1]
        log.warning("the models cannot be timed (%s): %s is used", reason, runs[0])
        return {}
    with suppress(OSError):  # without a cache the next start measures again
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([times_ms[run] for run in runs]))
    return _shortest_first(times_ms)


def _shortest_first(times_ms: dict[ModelRun, float]) -> dict[ModelRun, float]:
    return dict(sorted(times_ms.items(), key=lambda item: item[1]))


def _is_quantised(model: Path) -> bool:
    return model.suffix == ".xml" and QUANTISED in model.read_bytes()


def _measure(runs: Sequence[ModelRun], device: Device) -> dict[ModelRun, float]:
    """Time the runs. A process is either with AMX or without.

    Raises:
        CalledProcessError: A model cannot be loaded.
        TimeoutExpired: It took too long.
    """
    times_ms: dict[ModelRun, float] = {}
    for use_amx in (True, False):
        group = [run for run in runs if run.use_amx is use_amx]
        if not group:
            continue
        amx = "amx" if use_amx else "no-amx"
        command = [sys.executable, "-m", "edge_worker.detection.model_times", device, amx]
        done = subprocess.run(
            [*command, *(str(run.path) for run in group)],
            check=True,
            capture_output=True,
            text=True,
            timeout=TIMING_TIMEOUT_S,
        )
        times_ms |= zip(group, json.loads(done.stdout.strip().splitlines()[-1]), strict=True)
    return times_ms


def _kept_file(runs: Sequence[ModelRun], device: Device) -> Path:
    """Return the file with the times of these runs on this CPU."""
    machine = (device, version("openvino"), cpu_features(), os.environ.get(LIMIT, ""))
    digest = hashlib.sha256("\n".join(machine).encode())
    for run in runs:
        digest.update(b"amx" if run.use_amx else b"no-amx")
        for file in (run.path, run.path.with_suffix(".bin")):
            digest.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
    return cache_folder().parent / "times" / f"{digest.hexdigest()[:16]}.json"
