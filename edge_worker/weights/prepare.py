"""Exports weights once for this machine and keeps them, checked, in the cache."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from edge_worker.errors import ModelError
from edge_worker.weights.lookup import cache_folder

EXPORT_SECONDS = 600
LAYOUT = 2
"""Raised when the way in which models are exported changes: older exports in the cache are then made anew."""
FORMATS = {"openvino": "{name}_openvino_model/{name}.xml", "onnx": "{name}.onnx"}
RECORD = "metrica.json"


def prepared(original: Path, target: str) -> Path | None:
    """The export of a ``.pt`` for a format of `FORMATS` if the cache has it, made from exactly these weights."""
    folder = _folder(original, target)
    found = folder / FORMATS[target].format(name=original.stem)
    return found if (folder / RECORD).is_file() and found.is_file() else None


def prepare(original: Path, target: str) -> Path:
    """The export of a ``.pt``, from the cache or made and checked now (about 20 s, in a process of its own).

    Raises:
        ModelError: torch and ultralytics are not installed, the export fails, or it does not see what the original
            sees on the known picture.
    """
    found = prepared(original, target)
    if found is not None:
        return found
    missing = [name for name in ("torch", "ultralytics") if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(
            f"{original.name} must be exported for {target} once, which needs {' and '.join(missing)}: "
            f'pip install "metrica[torch]", or export it on another machine (metrica-edge export) and name the file '
            f"with --model"
        )
    folder = _folder(original, target)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"preparing {original.name} for {target} on this machine, once (about 20 s)", file=sys.stderr)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "edge_worker.weights.exporter", str(original.resolve()), target, str(folder)],
            check=False,
            capture_output=True,
            text=True,
            timeout=EXPORT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"exporting {original.name} for {target} took longer than {EXPORT_SECONDS} s") from None
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise ModelError(f"exporting {original.name} for {target} failed: {' '.join(reason) or 'no reason given'}")
    found = prepared(original, target)
    if found is None:
        raise ModelError(f"exporting {original.name} for {target} left nothing behind in {folder}")
    return found


def record(original: Path, target: str) -> dict[str, object]:
    """What is known about an export in the cache: its check against the original, and versions."""
    loaded: dict[str, object] = json.loads((_folder(original, target) / RECORD).read_text())
    return loaded


def _folder(original: Path, target: str) -> Path:
    digest = hashlib.sha256(original.read_bytes()).hexdigest()[:12]
    return cache_folder() / f"{original.stem}-{digest}-{target}-{LAYOUT}"
