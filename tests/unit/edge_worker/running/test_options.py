from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.running.options import RunOptions, default_outbox

CAMERA = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"STATE_DIRECTORY": "/var/lib/metrica", "METRICA_HOME": "/srv"}, "/var/lib/metrica"),
        ({"STATE_DIRECTORY": "/var/lib/metrica:/var/lib/other"}, "/var/lib/metrica"),
        ({"METRICA_HOME": "/srv/metrica", "XDG_STATE_HOME": "/x"}, "/srv/metrica/edge"),
        ({"XDG_STATE_HOME": "/home/me/state"}, "/home/me/state/metrica"),
    ],
)
def test_each_camera_has_an_outbox_of_its_own_where_the_system_wants_state_to_be(
    environment: dict[str, str], folder: str
) -> None:
    assert default_outbox(CAMERA, environment) == Path(folder) / f"{CAMERA}.db"


@pytest.mark.parametrize(
    ("source", "said", "gated"),
    [
        ("rtsp://door/1", None, True),
        ("clip.mp4", None, False),
        ("rtsp://door/1", False, False),
        ("clip.mp4", True, True),
    ],
)
def test_the_motion_gate_is_on_for_cameras_and_off_for_files_by_default(
    source: str, said: bool | None, gated: bool
) -> None:
    options = RunOptions(source, "https://api", "mk_x", CAMERA, Path("outbox.db"), motion_gate=said)
    assert options.gates_motion is gated
