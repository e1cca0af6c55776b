"""Check that there are model weights for the worker, and try to download them when there are none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Final

from edge_worker.errors import EdgeError
from edge_worker.weights import lookup
from local.errors import DemoError

DOWNLOAD_TIMEOUT_S: Final = 45.0
INSTRUCTIONS: Final = (
    "to count real people, put yolo26n.pt into models/ (https://docs.ultralytics.com/models/yolo26) "
    "or set METRICA_MODELS to its folder"
)


def weights_available(model: str | None, report: Callable[[str], None]) -> bool:
    """Return whether the worker will find weights; try the download of Ultralytics when there are none.

    Args:
        model: A path or a name; None for the default.
        report: Called with one line before the download.

    Raises:
        DemoError: `model` is a path without a file.
    """
    try:
        if lookup.find_weights(model, lookup.SUFFIXES) is not None:
            return True
    except EdgeError as error:
        raise DemoError(str(error)) from None
    report("weights: not found, trying the download of Ultralytics")
    return _download(model)


def _download(model: str | None) -> bool:
    code = "import sys; from edge_worker.weights.lookup import require_pt; require_pt(sys.argv[1] or None)"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, model or ""],
            check=False,
            capture_output=True,
            timeout=DOWNLOAD_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
