"""Models that are quantised to 8 bits: how one is accepted, kept and found.

``metrica-edge export --int8`` writes the model, the known picture and a report into one folder, and only if the model
passed. ``auto`` takes a model whose report names exactly its files, where it is faster than the original.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from edge_worker.errors import ModelError
from edge_worker.redaction import redact
from edge_worker.weights import lookup
from edge_worker.weights.export_cache import cached_folder
from edge_worker.weights.lookup import DEFAULT_MODEL, find_weights, is_path

REPORT_FILE = "int8.json"
"""Name of the file beside the model that says how it passed."""
QUANTISING_TIMEOUT_S = 4 * 3600.0


def refusal(original: Sequence[int], quantised: Sequence[int]) -> str | None:
    """Return why a quantised model is refused; None if it is accepted. Its speed is judged where it runs.

    >>> refusal([0, 1, 2], [0, 1, 2]) is None
    True

    Args:
        original: Missed and invented crossings of the labelled clip before, at full, half and a third of the rate.
        quantised: The same after.
    """
    if any(after > before for before, after in zip(original, quantised, strict=True)):
        return (
            f"it counts {_listed(quantised)} crossings wrong at full, half and a third of the rate, and the "
            f"original {_listed(original)}: calibrate it with a clip that has more people and looks like the shop"
        )
    return None


def write_report(model: Path, original: Sequence[int], quantised: Sequence[int], versions: Mapping[str, str]) -> None:
    """Write the report of a model that was accepted: its files, the wrong counts before and after, and versions."""
    counts = {"original": {"wrong": original}, "int8": {"wrong": quantised}}
    model.with_name(REPORT_FILE).write_text(json.dumps({"sha256": _digest(model), **counts, **versions}, indent=1))


def read_report(model: Path) -> dict[str, Any]:
    """Return the report beside a model."""
    report: dict[str, Any] = json.loads(model.with_name(REPORT_FILE).read_text())
    return report


def find_int8(model: str | None) -> Path | None:
    """Return the accepted model with 8 bits: of the model folders, else of the cache; None if there is none.

    Args:
        model: A path or a name; None for the default model. A file other than ``.pt`` is taken as it is.
    """
    if model is None or not is_path(model):
        name = model or DEFAULT_MODEL
        for folder in lookup.model_folders(os.environ):
            candidate = folder / _relative_path(name)
            if _has_passed(candidate):
                return candidate
    original = find_weights(model, (".pt",))
    if original is None:
        return None
    candidate = int8_path(original)
    return candidate if _has_passed(candidate) else None


def int8_path(original: Path) -> Path:
    """Return where the cache keeps the quantised model of a ``.pt`` file."""
    return cached_folder(original, "int8") / _relative_path(original.stem)


def quantise(original: Path, exported: Path, calibrate: Sequence[str], check: Path) -> Path:
    """Quantise an export in a child process, check it, and return its path in the cache.

    Args:
        original: The ``.pt`` file.
        exported: Its OpenVINO export.
        calibrate: Clips or cameras whose frames set the ranges of the numbers.
        check: A labelled clip that is counted before and after.

    Raises:
        ModelError: NNCF is not installed, or the quantised model was refused.
    """
    if importlib.util.find_spec("nncf") is None:
        raise ModelError('--int8 needs NNCF: pip install "metrica[edge,export]<1"')
    destination = int8_path(original)
    destination.parent.parent.mkdir(parents=True, exist_ok=True)
    sources = " and ".join(redact(source) for source in calibrate)
    print(f"quantising {exported.name} with {sources}, then counting {check.name} twice", file=sys.stderr)
    command = [sys.executable, "-m", "edge_worker.weights.quantiser", str(exported), str(destination)]
    try:
        done = subprocess.run(
            [*command, str(check), *calibrate],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=QUANTISING_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"quantising {exported.name} took longer than {QUANTISING_TIMEOUT_S:.0f} s") from None
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:]
        raise ModelError(f"{exported.name} with 8 bits is not used: {' '.join(reason) or 'no output'}")
    return destination


def _relative_path(name: str) -> Path:
    return Path(f"{name}_int8_openvino_model") / f"{name}_int8.xml"


def _has_passed(model: Path) -> bool:
    if not model.is_file() or not model.with_name(REPORT_FILE).is_file():
        return False
    return bool(read_report(model).get("sha256") == _digest(model))


def _digest(model: Path) -> str:
    digest = hashlib.sha256()
    for file in (model, model.with_suffix(".bin")):
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)
