"""The cache of exported models: export once per machine, check, and keep."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from edge_worker.detection.class_names import PERSON
from edge_worker.errors import ModelError
from edge_worker.weights.lookup import cache_folder, find_weights

EXPORT_TIMEOUT_S = 600
CACHE_VERSION = 4
"""Increase it when the export changes, so that older exports in the cache are made again."""
EXPORT_PATHS = {"openvino": "{name}_openvino_model/{name}.xml", "onnx": "{name}.onnx"}
"""Path of the exported file in its cache folder, per format."""
REPORT_FILE = "metrica.json"
"""Name of the file with the result of the check and the versions."""


def find_export(original: Path, target: str, class_name: str | None = None) -> Path | None:
    """Return the export of exactly these weights from the cache; None if it is not there.

    Args:
        original: The ``.pt`` file.
        target: A format of `EXPORT_PATHS`.
        class_name: The class that is counted; None for ``person``, or the only class of the model.
    """
    folder = cached_folder(original, target, class_name)
    found = folder / EXPORT_PATHS[target].format(name=original.stem)
    return found if (folder / REPORT_FILE).is_file() and found.is_file() else None


def exported_model(model: str | None) -> Path | None:
    """Return the OpenVINO export of a model: of the model folders, else of the cache; None if there is none.

    Args:
        model: A path or a name; None for the default model.
    """
    found = find_weights(model, (".xml",))
    original = find_weights(model, (".pt",)) if found is None else None
    return found if original is None else find_export(original, "openvino")


def export_weights(original: Path, target: str, class_name: str | None = None) -> Path:
    """Return the export of a ``.pt`` file, from the cache or made and checked now (about 20 s, in a child process).

    Args:
        original: The ``.pt`` file.
        target: A format of `EXPORT_PATHS`.
        class_name: The class that is counted; None for ``person``, or the only class of the model.

    Raises:
        ModelError: torch and ultralytics are not installed, the export failed, or it differs from the original on the
            reference image.
    """
    found = find_export(original, target, class_name)
    if found is not None:
        return found
    missing = [name for name in ("torch", "ultralytics") if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(
            f"{original.name} must be exported for {target} once, which needs {' and '.join(missing)}: "
            f'pip install "metrica[torch]", or export it on another machine (metrica-edge export) and name the file '
            f"with --model"
        )
    folder = cached_folder(original, target, class_name)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"exporting {original.name} for {target}, once on this machine (about 20 s)", file=sys.stderr)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "edge_worker.weights.exporter", str(original.resolve()), target, str(folder)]
            + ([] if class_name is None else [class_name]),
            check=False,
            capture_output=True,
            text=True,
            timeout=EXPORT_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"exporting {original.name} for {target} took longer than {EXPORT_TIMEOUT_S} s") from None
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise ModelError(f"exporting {original.name} for {target} failed: {' '.join(reason) or 'no output'}")
    found = find_export(original, target, class_name)
    if found is None:
        raise ModelError(f"exporting {original.name} for {target} wrote no file to {folder}")
    return found


def read_report(original: Path, target: str, class_name: str | None = None) -> dict[str, object]:
    """Return the report of an export in the cache: its comparison with the original, and versions."""
    loaded: dict[str, object] = json.loads((cached_folder(original, target, class_name) / REPORT_FILE).read_text())
    return loaded


def cached_folder(original: Path, target: str, class_name: str | None = None) -> Path:
    """Return the folder of the cache for one kind of export of exactly these weights, for one class."""
    digest = hashlib.sha256(original.read_bytes()).hexdigest()[:12]
    kind = f"{target}-{quote(class_name, safe='')}" if class_name and class_name != PERSON else target
    return cache_folder() / f"{original.stem}-{digest}-{kind}-{CACHE_VERSION}"
