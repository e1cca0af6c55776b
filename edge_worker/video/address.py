"""Video sources as text: paths of files and addresses of cameras."""

from __future__ import annotations

import re
from pathlib import Path

from edge_worker.errors import SourceError
from edge_worker.logs import redact

_LIVE = re.compile(r"^(rtsps?|rtmps?|https?|udp|srt)://", re.IGNORECASE)


def is_live(source: str) -> bool:
    """Return whether a source is the address of a camera."""
    return bool(_LIVE.match(source))


def checked_file(source: str) -> Path:
    """Return the path of a video file.

    Raises:
        SourceError: The file does not exist, is a folder, is empty or cannot be read; or the address has an unknown
            scheme.
    """
    if re.match(r"^[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        raise SourceError(f"cannot open {redact(source)}: give a video file, or an address that begins with rtsp://")
    path = Path(source).expanduser()
    if not path.exists():
        raise SourceError(f"no video file at {source}: check the path")
    if not path.is_file():
        raise SourceError(f"{source} is a folder: give a video file")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise SourceError(f"{source} is empty: copy the file again")
    except OSError as error:
        raise SourceError(f"{source} cannot be read: {error.strerror}") from error
    return path
