"""The clips and weights that may be beside the repository, in `../shared`. Tests skip without them, except in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def clips_folder() -> Path:
    """`../shared/clips`, or a skip."""
    folder = SHARED / "clips"
    if not folder.is_dir():
        pytest.skip("the clips are not beside the repository (../shared/clips)")
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
    pytest.skip("there are no weights (METRICA_MODELS, models/ or ../shared/models with yolo26n.pt)")
