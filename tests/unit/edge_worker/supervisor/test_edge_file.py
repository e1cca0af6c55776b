from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.errors import UsageError
from edge_worker.overhead.view import View
from edge_worker.supervisor.edge_file import read_edge_file
from edge_worker.supervisor.processes import worker_specs

FRONT = "11111111-1111-4111-8111-111111111111"
BACK = "22222222-2222-4222-8222-222222222222"
GOOD = f"""
api = "https://api.example.com"
key = "mk_secret_of_the_store"
state = "/var/lib/metrica"
backend = "openvino"
threads = 3

[[camera]]
id = "{FRONT}"
name = "front"
source = "rtsp://viewer:s3cret@cam/1"
line = [0, 0.5, 1, 0.5]
anchor = "center"

[[camera]]
id = "{BACK}"
source = "rtsp://cam/2"
pace = "none"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edge.toml"


def test_each_camera_gets_an_outbox_and_the_detector_process_gets_the_cores(path: Path) -> None:
    path.write_text(GOOD)
    file = read_edge_file(path, {})
    assert file.threads == 3
    front, back = file.cameras
    for camera, camera_id in ((front, FRONT), (back, BACK)):
        options = camera.options
        assert (options.camera_id, options.backend) == (camera_id, "openvino")
        assert options.outbox == Path(f"/var/lib/metrica/{camera_id}.db")
    assert (front.options.line, front.options.anchor) == (Line.mid_height(), Anchor.CENTER)
    assert (front.name, back.name) == ("front", BACK)


@pytest.mark.parametrize(
    ("box", "front", "gates"),
    [("", "", None), ("motion_gate = false", "", False), ("motion_gate = false", "motion_gate = true", True)],
)
def test_the_motion_gate_is_set_for_all_cameras_or_for_one(
    path: Path, box: str, front: str, gates: bool | None
) -> None:
    path.write_text(GOOD.replace('backend = "openvino"', box).replace('name = "front"', front))
    [camera, _] = read_edge_file(path, {}).cameras
    assert camera.options.motion_gate is gates


def test_no_secret_is_on_a_command_line_that_every_user_can_see(path: Path) -> None:
    path.write_text(GOOD)
    file = read_edge_file(path, {})
    for worker, camera in zip(worker_specs(file), file.cameras, strict=True):
        spec = worker.process
        shown = " ".join((spec.name, *spec.command, *spec.environment.values()))
        assert "s3cret" not in shown
        assert "mk_" not in shown
        assert spec.command[-2:] == (str(path), camera.options.camera_id)
        assert camera.options.key == "mk_secret_of_the_store"


def test_cameras_with_the_same_source_and_playback_share_a_worker(path: Path) -> None:
    third = "33333333-3333-4333-8333-333333333333"
    section = f"""
[[camera]]
id = "{third}"
name = "passers-by"
source = "rtsp://viewer:s3cret@cam/1"
line = [0.2, 0.8, 0.8, 0.8]
"""
    path.write_text(GOOD + section)
    front, back = worker_specs(read_edge_file(path, {}))
    assert (front.cameras, back.cameras) == ({FRONT: "front", third: "passers-by"}, {BACK: BACK})
    assert front.process.command[-2:] == (FRONT, third)
    path.write_text(GOOD + section + 'backend = "motion"\n')
    assert [list(spec.cameras) for spec in worker_specs(read_edge_file(path, {}))] == [[FRONT], [BACK], [third]]


def test_a_worker_finds_its_own_section_and_no_other(path: Path) -> None:
    path.write_text(GOOD)
    file = read_edge_file(path, {})
    assert file.camera(BACK).options.source == "rtsp://cam/2"
    with pytest.raises(UsageError, match="has no camera 3333"):
        file.camera("33333333-3333-4333-8333-333333333333")


def test_the_key_may_be_in_a_file_beside_it_or_in_the_environment(path: Path) -> None:
    (path.parent / "key").write_text("mk_from_file\n")
    path.write_text(GOOD.replace('key = "mk_secret_of_the_store"', 'key_file = "key"'))
    assert read_edge_file(path, {}).cameras[0].options.key == "mk_from_file"
    path.write_text(GOOD.replace('key = "mk_secret_of_the_store"', ""))
    assert (
        read_edge_file(path, {"METRICA_WORKER_KEY": "mk_from_environment"}).cameras[0].options.key
        == "mk_from_environment"
    )


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("[[camera]]", "[[kamera]]", "kamera is not a setting"),
        ('name = "front"', 'nmae = "front"', "camera 1: nmae is not a setting"),
        ("[0, 0.5, 1, 0.5]", "[0, 0.5, 1]", r"camera 1: the line \[0, 0.5, 1\] cannot be read: write it as"),
        ("[0, 0.5, 1, 0.5]", "[0, 0.5, 0, 0.5]", r"camera 1: the line \[0, 0.5, 0, 0.5\] has no length"),
        ('pace = "none"', 'view = "below"', "camera 2: the view is 'below'; it can be auto, side or above"),
        ('"center"', '"head"', "camera 1: the anchor is 'head'; it can be center or foot"),
        (f'id = "{FRONT}"', 'id = "front"', "is not an id"),
        (f'id = "{FRONT}"', f'id = "{BACK}"', "twice"),
        ('source = "rtsp://cam/2"', "", "camera 2: source is missing"),
        ('key = "mk_secret_of_the_store"', "", "key .* is missing"),
        ('api = "https', "api = https", "not valid TOML"),
        ('pace = "none"', "model = 3", "camera 2: model is missing or not a text"),
        ('pace = "none"', 'loop = "yes"', "loop is 'yes'; it can be true or false"),
        ("threads = 3", "threads = 2000", "threads is 2000; it can be 0 to 1024"),
        ('pace = "none"', "threads = 2", "camera 2: threads is not a setting"),
        ('pace = "none"', 'motion_gate = "on"', "motion_gate is 'on'; it can be true or false"),
        ('backend = "openvino"', "health_port = 70000", "health_port is 70000; it can be 0 to 65535"),
    ],
)
def test_an_error_names_the_file_the_camera_and_the_setting(
    path: Path, before: str, after: str, complaint: str
) -> None:
    assert before in GOOD
    path.write_text(GOOD.replace(before, after))
    with pytest.raises(UsageError, match=complaint):
        read_edge_file(path, {})


def test_a_file_without_cameras_and_a_file_that_is_not_there_are_refused(path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_edge_file(path, {})
    for cameras in ("", "camera = [1]"):
        path.write_text(f'api = "https://api.example.com"\n{cameras}')
        with pytest.raises(UsageError, match="has no camera"):
            read_edge_file(path, {})


def test_the_example_that_is_shipped_can_be_read(tmp_path: Path) -> None:
    example = Path("edge_worker/deploy/edge.toml").read_text()
    (tmp_path / "worker-key").write_text("mk_x")
    (tmp_path / "edge.toml").write_text(example)
    [camera] = read_edge_file(tmp_path / "edge.toml", {"STATE_DIRECTORY": "/var/lib/metrica"}).cameras
    assert camera.name == "front door"


def test_the_view_of_a_camera_is_read_and_found_out_if_it_is_not_named(path: Path) -> None:
    path.write_text(GOOD + 'view = "above"\n')
    front, back = read_edge_file(path).cameras
    assert front.options.view is View.AUTO
    assert back.options.view is View.ABOVE


def test_the_policy_of_a_camera_is_read(path: Path) -> None:
    path.write_text(GOOD + "min_stay_s = 2.5\nignore_children = true\n")
    front, back = read_edge_file(path).cameras
    assert front.options.policy == CountingPolicy()
    assert back.options.policy == CountingPolicy(min_stay_s=2.5, ignore_children=True)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("min_stay_s = 61", r"camera 2: min_stay_s is 61; it can be 0 \(off\) to 60 seconds"),
        ('min_stay_s = "5"', "camera 2: min_stay_s is '5'; it must be a number of seconds"),
        ("min_stay_s = true", "camera 2: min_stay_s is True; it must be a number of seconds"),
        ("ignore_children = 1", "camera 2: ignore_children is 1; it can be true or false"),
    ],
)
def test_a_wrong_policy_is_refused(path: Path, setting: str, message: str) -> None:
    path.write_text(f"{GOOD}{setting}\n")
    with pytest.raises(UsageError, match=message):
        read_edge_file(path)
