"""Protection against changed weights: a ``.pt`` file is a pickle, which may run code when it is loaded."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from edge_worker.errors import ModelError

PUBLISHED_SHA256 = {
    "yolo26n.pt": "9b09cc8bf347f0fc8a5f7657480587f25db09b34bf33b0652110fb03a8ad4fef",
    "yolo11n.pt": "0ebbc80d4a7680d14987a577cd21342b65ecfd94632bd9a8da63ae6417644ee1",
}
"""SHA-256 of the files in the release v8.4.0 (yolo26n) and v8.3.0 (yolo11n) of ultralytics/assets."""


def check_download(path: Path) -> None:
    """Delete downloaded weights that are not the published file.

    Args:
        path: The downloaded file; its name is a key of `PUBLISHED_SHA256`.

    Raises:
        ModelError: The file's SHA-256 is not the published one. The file has been deleted.
    """
    with path.open("rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    expected = PUBLISHED_SHA256[path.name]
    if actual != expected:
        path.unlink()
        raise ModelError(
            f"the downloaded {path.name} is not the published file (sha256 {actual}, expected {expected}), and was "
            f"deleted: try again on another network, or name a file that you trust with --model"
        )


def restrict_unpickling() -> None:
    """Make Ultralytics load ``.pt`` files with ``weights_only`` and a list of known classes.

    Call it before the first import of ultralytics in a process. Set ``ULTRALYTICS_SAFE_LOAD=0`` for weights of your own
    that contain other classes.
    """
    os.environ.setdefault("ULTRALYTICS_SAFE_LOAD", "1")
