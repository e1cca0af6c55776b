"""Find out in a child process whether the import of an inference engine survives on this CPU.

A wheel that was built for newer CPUs ends the process by SIGILL when it is imported. The result is kept: an engine that
was imported once on this machine is not probed again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from edge_worker.weights.lookup import cache_folder

PROBE_TIMEOUT_S = 120
"""A Raspberry Pi imports torch from a slow card in about half a minute."""


def import_problem(package: str) -> str | None:
    """Return how the import of an installed package ends its process, such as ``SIGILL``; None if it does not.

    An import that raises an exception is not a problem here: the engine reports it itself.

    Args:
        package: The name of the package.
    """
    marker = _marker(package)
    if marker.exists():
        return None
    command = [sys.executable, "-c", f"import {package}"]
    try:
        code = subprocess.run(command, check=False, capture_output=True, timeout=PROBE_TIMEOUT_S).returncode
    except subprocess.TimeoutExpired:
        return f"no end within {PROBE_TIMEOUT_S} s"
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"
    with suppress(OSError):  # without a cache the next start probes again
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    return None


def _marker(package: str) -> Path:
    """Return the file that says that this version of the package was imported on this CPU."""
    spec = find_spec(package)
    origin = str(spec.origin if spec else "")
    identity = [package, origin, _version(package), platform.machine(), cpu_features(), sys.version]
    return cache_folder().parent / "engines" / hashlib.sha256("\n".join(identity).encode()).hexdigest()[:16]


def _version(package: str) -> str:
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(package)
    # A distribution of another name, such as onnxruntime-openvino: looking into all of them takes a third of a second.
    names = importlib.metadata.packages_distributions().get(package, [])
    return ",".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def cpu_features() -> str:
    """Return the features of the CPU, from Linux; elsewhere its name."""
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return "\n".join(sorted({line for line in lines if line.startswith(("flags", "Features", "model name"))}))
    return platform.processor()
