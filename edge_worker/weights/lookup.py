"""Finds weights: ``--model``, the folder METRICA_MODELS, ``models/``, then Ultralytics' own download."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from edge_worker.errors import ModelError

DEFAULT_MODEL = "yolo26n"
KNOWN_MODELS = ("yolo26n", "yolo11n")
SUFFIXES = (".pt", ".xml", ".onnx", ".tflite")
DOWNLOAD_SECONDS = 120
_CHECKOUT = Path(__file__).resolve().parents[2]


def model_folders(environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Where weights are looked for, in this order; the folder ``shared`` may stand beside a checkout."""
    folders = [Path("models"), _CHECKOUT / "models", _CHECKOUT.parent / "shared" / "models"]
    if environment.get("METRICA_MODELS"):
        folders.insert(0, Path(environment["METRICA_MODELS"]).expanduser())
    return folders


def weights(model: str | None, suffixes: tuple[str, ...], environment: Mapping[str, str] = os.environ) -> Path | None:
    """The first file of the model with one of the suffixes (tried in this order in each folder).

    Args:
        model: A path, or a name such as ``yolo26n``; None for `DEFAULT_MODEL`.

    Returns:
        None when there is no such file. A quantised variant (``yolo26n_int8.tflite``) counts as the model; so does the
        folder ``yolo26n_openvino_model`` that Ultralytics' exporter makes.

    Raises:
        ModelError: ``model`` is a path at which there is nothing.
    """
    if model is not None and _is_path(model):
        path = Path(model).expanduser()
        if path.is_dir():
            path = next(iter(sorted(path.glob("*.xml"))), path)
        if not path.is_file():
            raise ModelError(f"there is no model at {model}: give a file ({', '.join(SUFFIXES)}) or a name, {_names()}")
        return path if path.suffix in suffixes else None
    name = model or DEFAULT_MODEL
    for folder in model_folders(environment):
        for suffix in suffixes:
            candidates = [folder / f"{name}{suffix}"]
            if suffix == ".tflite":
                candidates += sorted(folder.glob(f"{name}_*{suffix}"))
            if suffix == ".xml":
                candidates.append(folder / f"{name}_openvino_model" / f"{name}.xml")
            for candidate in candidates:
                if candidate.is_file():
                    return candidate
    return None


def original(model: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The ``.pt`` of a model, downloaded by Ultralytics if it is nowhere here.

    Raises:
        ModelError: there is none to be had; says where it was looked for.
    """
    found = weights(model, (".pt",), environment)
    if found is not None:
        return found
    name = model or DEFAULT_MODEL
    looked = ", ".join(dict.fromkeys(str(folder) for folder in model_folders(environment)))
    advice = f"put {name}.pt into one of these folders, or name a file with --model"
    if _is_path(name):
        raise ModelError(f"{name} cannot be used by this backend, which wants a .pt: choose another --backend")
    if name not in KNOWN_MODELS:
        raise ModelError(f"there is no model {name!r} in {looked}: {advice}; known names are {_names()}")
    if importlib.util.find_spec("ultralytics") is None:
        raise ModelError(f"there are no weights of {name} in {looked}, and ultralytics cannot fetch them: {advice}")
    target = cache_folder(environment) / "downloads" / f"{name}.pt"
    if not target.is_file():
        _download(target, looked, advice)
    return target


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where prepared models are kept: ``$METRICA_CACHE/models``, else ``~/.cache/metrica/models``."""
    if environment.get("METRICA_CACHE"):
        return Path(environment["METRICA_CACHE"]).expanduser() / "models"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "metrica" / "models"


def _download(target: Path, looked: str, advice: str) -> None:
    """In a process of its own, so that torch never enters this one's memory."""
    print(f"fetching {target.name} by Ultralytics' download", file=sys.stderr)
    target.parent.mkdir(parents=True, exist_ok=True)
    code = "import sys; from ultralytics.utils.downloads import attempt_download_asset as a; a(sys.argv[1])"
    with contextlib.suppress(subprocess.CalledProcessError, subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-c", code, str(target)],
            check=True,
            capture_output=True,
            cwd=target.parent,
            timeout=DOWNLOAD_SECONDS,
        )
    if not target.is_file():
        raise ModelError(
            f"there are no weights {target.name} in {looked}, and Ultralytics' download did not succeed: {advice}"
        )


def _is_path(model: str) -> bool:
    return "/" in model or os.sep in model or Path(model).suffix in SUFFIXES


def _names() -> str:
    return ", ".join(KNOWN_MODELS)
