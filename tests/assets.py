"""The clips and weights that may be beside the repository, in `../shared`. Tests skip without them, except in CI."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
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


def write_part(path: Path, name: str = "doorway_1.mpg", *, first: int, last: int, step: int = 1) -> Path:
    """Write every `step`-th frame of a part of a clip as a clip of its own, which plays as fast as the whole one.

    Args:
        path: An `.avi` file.
        name: The clip of `../shared/clips`, with 25 frames per second.
        first: The first frame.
        last: The frame after the last one.
        step: 1 for all frames.

    Returns:
        `path`.
    """
    capture = cv2.VideoCapture(str(clip(name)))
    size = (int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0 / step, size)
    for index in range(last):
        _, image = capture.read()
        if index >= first and (index - first) % step == 0 and image is not None:
            writer.write(image)
    writer.release()
    capture.release()
    return path


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
