"""Video sources as text: paths of files and addresses of cameras."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

from edge_worker.errors import SourceError
from edge_worker.redaction import redact

_USERINFO = re.compile(r"^[a-z][a-z0-9+.-]*://(?P<userinfo>.*)@", re.IGNORECASE | re.DOTALL)
_HOST_AND_PORT = re.compile(r"^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?/", re.IGNORECASE)
_MUST_BE_ENCODED = re.compile(r"[/?#\s\"<>\\^`{|}]|%(?![0-9a-f]{2})", re.IGNORECASE)
_WEBCAM = re.compile(r"(?:/dev/video)?(?P<number>\d{1,2})")
_LIVE = re.compile(r"^(rtsps?|rtmps?|https?|udp|srt)://", re.IGNORECASE)


def is_live(source: str) -> bool:
    """Return whether a source is a camera: the address of a stream, or a webcam."""
    return bool(_LIVE.match(source)) or webcam_number(source) is not None


def webcam_number(source: str) -> int | None:
    """Return the number of a webcam, ``0`` or ``/dev/video0``; None if the source is something else."""
    found = _WEBCAM.fullmatch(source)
    return int(found["number"]) if found else None


def checked_source(source: str) -> str:
    """Return a source after a check that needs no connection.

    Raises:
        SourceError: The file or the webcam does not exist or cannot be read, or the user or password of an address must
            be encoded.
    """
    number = webcam_number(source)
    if number is not None:
        _check_webcam(number)
        return source
    if not is_live(source):
        checked_file(source)
        return source
    unencoded = unencoded_characters(source)
    if unencoded:
        written = " and ".join(f"{_name(character)} as {quote(character, safe='')}" for character in unencoded)
        raise SourceError(
            f"the user or password in {redact(source)} has characters that must be encoded in an address: "
            f"write {written}"
        )
    return source


def _check_webcam(number: int) -> None:
    """Check that Linux has this webcam and that it may be opened; other systems tell when it is opened."""
    devices = Path("/dev")
    device = devices / f"video{number}"
    if sys.platform != "linux":
        return
    if not device.exists():
        present = ", ".join(sorted(str(path) for path in devices.glob("video*"))) or "none"
        raise SourceError(
            f"there is no webcam {device} (present: {present}): connect it, or give a video file or an address that "
            f"begins with rtsp://"
        )
    if not os.access(device, os.R_OK | os.W_OK):
        raise SourceError(f"the webcam {device} may not be opened: add this user to the group video")


def unencoded_characters(address: str) -> list[str]:
    """Return the characters in the user and password of an address that must be percent-encoded, each once.

    An address whose ``@`` belongs to its path has none: ``rtsp://10.0.0.7:554/stream@1``.
    """
    found = _USERINFO.match(address)
    if found is None or _HOST_AND_PORT.match(address.partition("://")[2]):
        return []
    return list(dict.fromkeys(_MUST_BE_ENCODED.findall(found["userinfo"])))


def _name(character: str) -> str:
    return "a space" if character.isspace() else character


def checked_file(source: str) -> Path:
    """Return the path of a video file.

    Raises:
        SourceError: The file does not exist, is a folder, is empty or cannot be read; or the text is the address of a
            camera, or has an unknown scheme.
    """
    if is_live(source):
        raise SourceError(
            f"{redact(source)} is a camera, and a video file is needed: record one; "
            "`metrica-edge run` and `calibrate` read cameras"
        )
    if re.match(r"^[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        raise SourceError(f"cannot open {redact(source)}: give a video file, or an address that begins with rtsp://")
    path = Path(source).expanduser()
    if not path.exists():
        raise SourceError(
            f"no video file at {redact(source)}: check the path; the address of a camera begins with rtsp://"
        )
    if not path.is_file():
        raise SourceError(f"{source} is a folder: give a video file")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise SourceError(f"{source} is empty: copy the file again")
    except OSError as error:
        raise SourceError(f"{source} cannot be read: {error.strerror}") from error
    return path
