"""Selection of the fastest of several files of one model, such as one with 8 bits and one with floats.

Which is faster depends on the CPU, so they are timed on this machine. The times are kept: the same files are not timed
again on the same CPU.
"""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from edge_worker.detection.device import Device
from edge_worker.detection.engine_probe import cpu_features
from edge_worker.weights.lookup import cache_folder

TIMING_TIMEOUT_S = 120
"""A Raspberry Pi 4 needs about 0.6 s for a frame with floats."""

log = logging.getLogger(__name__)


def fastest_model(models: Sequence[Path], device: Device) -> Path:
    """Return the model that needs the least time for a frame on this machine; the first one if they cannot be timed.

    Args:
        models: Files for OpenVINO, at least one.
        device: The processor that was asked for.
    """
    times_ms = model_times_ms(models, device)
    return models[0] if times_ms is None else models[times_ms.index(min(times_ms))]


def model_times_ms(models: Sequence[Path], device: Device) -> list[float] | None:
    """Return the milliseconds of each model per frame, kept or measured now in a child process.

    Returns:
        The times in the order of the models, or None if they cannot be measured; the reason is logged.
    """
    kept = _kept_file(models, device)
    with suppress(OSError, ValueError):
        times_ms: list[float] = json.loads(kept.read_text())
        return times_ms
    command = [sys.executable, "-m", "edge_worker.detection.model_times", device, *map(str, models)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=TIMING_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        log.warning("the models were not timed within %d s: %s is used", TIMING_TIMEOUT_S, models[0].name)
        return None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        log.warning("the models cannot be timed (%s): %s is used", reason, models[0].name)
        return None
    times_ms = json.loads(done.stdout.strip().splitlines()[-1])
    with suppress(OSError):  # without a cache the next start measures again
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(times_ms))
    return times_ms


def _kept_file(models: Sequence[Path], device: Device) -> Path:
    """Return the file with the times of these files on this CPU."""
    digest = hashlib.sha256("\n".join((device, version("openvino"), cpu_features())).encode())
    for model in models:
        for file in (model, model.with_suffix(".bin")):
            digest.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
    return cache_folder().parent / "times" / f"{digest.hexdigest()[:16]}.json"
