"""Search for model files: ``--model``, the folder METRICA_MODELS, ``models/``, then Ultralytics' download."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from edge_worker.errors import ModelError
from edge_worker.weights.verification import check_download

DEFAULT_MODEL = "yolo26n"
KNOWN_MODELS = ("yolo26n", "yolo11n")
SUFFIXES = (".pt", ".xml", ".onnx", ".tflite")
DOWNLOAD_SECONDS = 120
_CHECKOUT = Path(__file__).resolve().parents[2]


def model_folders(environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Return the folders to search, in order. A folder ``shared`` may exist beside a checkout."""
    folders = [Path("models"), _CHECKOUT / "models", _CHECKOUT.parent / "shared" / "models"]
    if environment.get("METRICA_MODELS"):
        folders.insert(0, Path(environment["METRICA_MODELS"]).expanduser())
    return folders


def find_weights(
    model: str | None, suffixes: tuple[str, ...], environment: Mapping[str, str] = os.environ
) -> Path | None:
    """Return the first file of a model with one of the suffixes.

    A quantised variant (``yolo26n_int8.tflite``) matches the model; so does the folder ``yolo26n_openvino_model`` that
    Ultralytics' exporter writes.

    Args:
        model: A path, or a name such as ``yolo26n``; None for `DEFAULT_MODEL`.
        suffixes: The suffixes, tried in this order in each folder.
        environment: The environment variables.

    Returns:
        The path, or None if there is no such file.

    Raises:
        ModelError: ``model`` is a path that does not exist.
    """
    if model is not None and is_path(model):
        path = Path(model).expanduser()
        if path.is_dir():
            path = next(iter(sorted(path.glob("*.xml"))), path)
        if not path.is_file():
            raise ModelError(f"no model file at {model}: give a file ({', '.join(SUFFIXES)}) or a name ({_names()})")
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


def require_pt(model: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the ``.pt`` file of a model, downloaded by Ultralytics if no folder has it.

    Args:
        model: A path or a name; None for `DEFAULT_MODEL`.
        environment: The environment variables.

    Raises:
        ModelError: There is no such file and the download failed, or the download is not the published file.
    """
    found = find_weights(model, (".pt",), environment)
    if found is not None:
        return found
    name = model or DEFAULT_MODEL
    searched = ", ".join(dict.fromkeys(str(folder) for folder in model_folders(environment)))
    advice = f"put {name}.pt into one of these folders, or name a file with --model"
    if is_path(name):
        raise ModelError(f"this backend needs a .pt file, not {name}: choose another --backend")
    if name not in KNOWN_MODELS:
        raise ModelError(f"no model {name!r} in {searched}: {advice}; known names are {_names()}")
    if importlib.util.find_spec("ultralytics") is None:
        raise ModelError(f"no weights of {name} in {searched}, and no ultralytics to download them: {advice}")
    target = cache_folder(environment) / "downloads" / f"{name}.pt"
    if not target.is_file():
        _download(target, searched, advice)
    check_download(target)
    return target


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of exported models: ``$METRICA_CACHE/models``, else ``~/.cache/metrica/models``."""
    if environment.get("METRICA_CACHE"):
        return Path(environment["METRICA_CACHE"]).expanduser() / "models"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "metrica" / "models"


def _download(target: Path, searched: str, advice: str) -> None:
    """Download in a child process, so that this process never loads torch."""
    print(f"downloading {target.name} with Ultralytics", file=sys.stderr)
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
        raise ModelError(f"no weights {target.name} in {searched}, and Ultralytics' download failed: {advice}")


def is_path(model: str) -> bool:
    """Return whether a model is given as a path and not by its name."""
    return "/" in model or os.sep in model or Path(model).suffix in SUFFIXES


def _names() -> str:
    return ", ".join(KNOWN_MODELS)
