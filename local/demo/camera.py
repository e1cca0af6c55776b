"""Puts the demo's camera in its place: which one counts, and where its line is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from local.demo.errors import DemoError
from local.demo.footage import Footage
from local.seed.seeding import connected
from local.seed.tenancy import activate
from local.seed.tenant import CameraPlan, StorePlan

_REMEMBERED: Final = "footage.json"


def place_camera(url: str, store: StorePlan, camera: CameraPlan, footage: Footage | None, folder: Path) -> None:
    """Lets that camera of the store count, with the footage's line.

    A line that was drawn in the admin since stays, as long as the footage and its line are those of the last demo.
    Raises LocalError.
    """
    with connected(url) as connection, connection.transaction():
        activate(connection, store, camera)
        if footage is None:
            return
        view = {"source": footage.source, "line": list(footage.line.points), "anchor": footage.anchor.value}
        changed = view != _last(folder)
        connection.execute(
            "UPDATE cameras SET line = %s, anchor = %s WHERE id = %s AND (%s OR line IS NULL)",
            (list(footage.line.points), footage.anchor.value, camera.id, changed),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _REMEMBERED).write_text(json.dumps(view), encoding="utf-8")
    except OSError as error:
        raise DemoError(f"{folder} cannot be written: {error.strerror or error}") from None


def _last(folder: Path) -> object:
    try:
        return json.loads((folder / _REMEMBERED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
