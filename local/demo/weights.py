"""Whether there are weights for the worker, and where they come from."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Final

from edge_worker.errors import EdgeError
from edge_worker.weights import lookup
from local.demo.errors import DemoError

DOWNLOAD_WITHIN_S: Final = 45.0
HOW_TO_GET_THEM: Final = (
    "to count real people, put yolo26n.pt into models/ (https://docs.ultralytics.com/models/yolo26) "
    "or name its folder with METRICA_MODELS"
)


def have_weights(model: str | None, say: Callable[[str], None]) -> bool:
    """Whether the worker will find weights; tries Ultralytics' own download when there are none here.

    Raises DemoError when `model` is a path at which there is nothing.
    """
    try:
        if lookup.find_weights(model, lookup.SUFFIXES) is not None:
            return True
    except EdgeError as error:
        raise DemoError(str(error)) from None
    say("weights: none here, trying Ultralytics' download")
    return _fetched(model)


def _fetched(model: str | None) -> bool:
    code = "import sys; from edge_worker.weights.lookup import require_pt; require_pt(sys.argv[1] or None)"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, model or ""],
            check=False,
            capture_output=True,
            timeout=DOWNLOAD_WITHIN_S,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
