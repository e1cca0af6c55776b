"""Add a camera to an ``edge.toml``. Pure."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from edge_worker.errors import UsageError

KEY_FILE = "key"
"""The file with the worker key, beside ``edge.toml``."""

_HEADER = """\
# Written by `metrica-edge service`. Settings that you add are kept when it runs again, comments are not.
# They are described in docs/edge.md. Afterwards: systemctl --user restart metrica-edge
"""


def add_camera(text: str | None, *, api_url: str, http_hosts: tuple[str, ...], camera_id: str, source: str) -> str:
    """Return the file with the camera; one that is in it already gets the new source and keeps its other settings.

    Args:
        text: The present file; None for a new one.
        api_url: The backend.
        http_hosts: Hosts that may be used by ``http://``, besides the loopback.
        camera_id: The camera.
        source: Its address.

    Raises:
        UsageError: The file is not valid, or its cameras report to another backend.
    """
    try:
        content = {} if text is None else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the settings of this machine are not valid TOML: {error}") from None
    cameras = content.pop("camera", [])
    if not isinstance(cameras, list) or not all(isinstance(one, dict) for one in cameras):
        raise UsageError("the settings of this machine have no list of cameras: each begins with [[camera]]")
    if content.get("api", api_url) != api_url:
        raise UsageError(
            f"the cameras of this machine report to {content['api']}, not to {api_url}: install the worker for another "
            "user, or change api in the settings of this machine"
        )
    machine = {"api": api_url, "key_file": KEY_FILE, **content}
    if http_hosts:
        machine["allow_http"] = sorted({*content.get("allow_http", []), *http_hosts})
    known = [one for one in cameras if one.get("id") == camera_id]
    if known:
        known[0]["source"] = source
    else:
        cameras.append({"id": camera_id, "source": source})
    return "\n".join([_HEADER + _table(machine), *("[[camera]]\n" + _table(camera) for camera in cameras)])


def _table(values: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # A JSON string is a basic string of TOML but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    raise UsageError(f"{value!r} is no setting of edge.toml")
