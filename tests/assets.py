"""The clips and weights that may stand beside the repository, in `../shared`; tests skip where they do not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
IN_CI = os.environ.get("CI") == "true"


def absent(what: str) -> None:
    """Skip for want of `what`; in CI, where everything has to run, fail instead."""
    if IN_CI:
        pytest.fail(f"{what}, and CI must run this test")
    pytest.skip(what)


def clips_folder() -> Path:
    """`../shared/clips`, or a skip."""
    folder = SHARED / "clips"
    if not folder.is_dir():
        absent("the clips are not beside the repository (../shared/clips)")
    return folder


def clip(name: str) -> Path:
    """One clip of `../shared/clips`, or a skip."""
    return clips_folder() / name


def models_folder() -> Path:
    """The folder with yolo26n's weights (`METRICA_MODELS`, `models/`, `../shared/models`), or a skip."""
    candidates = [
        Path(os.environ["METRICA_MODELS"]) if "METRICA_MODELS" in os.environ else None,
        Path(__file__).resolve().parents[1] / "models",
        SHARED / "models",
    ]
    for folder in candidates:
        if folder is not None and (folder / "yolo26n.pt").is_file():
            return folder
    absent("there are no weights (METRICA_MODELS, models/ or ../shared/models with yolo26n.pt)")
    raise AssertionError("unreachable")
