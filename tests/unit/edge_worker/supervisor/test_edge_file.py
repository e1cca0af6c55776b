from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.errors import UsageError
from edge_worker.supervisor.edge_file import read_edge_file
from edge_worker.supervisor.fleet import fair_threads, launches

FRONT = "11111111-1111-4111-8111-111111111111"
BACK = "22222222-2222-4222-8222-222222222222"
GOOD = f"""
api = "https://api.example.com"
key = "mk_secret_of_the_store"
state = "/var/lib/metrica"
backend = "openvino"

[[camera]]
id = "{FRONT}"
name = "front"
source = "rtsp://viewer:s3cret@cam/1"
line = [0, 0.5, 1, 0.5]
anchor = "center"

[[camera]]
id = "{BACK}"
source = "rtsp://cam/2"
threads = 3
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edge.toml"


def test_each_camera_gets_a_process_an_outbox_and_a_share_of_the_cores(path: Path) -> None:
    path.write_text(GOOD)
    front, back = launches(read_edge_file(path, {}), cores=4)
    for launch, camera, threads in ((front, FRONT, "2"), (back, BACK, "3")):
        said = dict(zip(launch.command[4::2], launch.command[5::2], strict=False))
        assert (said["--camera"], said["--threads"], said["--backend"]) == (camera, threads, "openvino")
        assert said["--outbox"] == f"/var/lib/metrica/{camera}.db"
    assert "0.0,0.5,1.0,0.5" in front.command
    assert (front.name, back.name) == ("front", BACK)


@pytest.mark.parametrize(
    ("box", "front", "said"),
    [
        ("", "", set()),
        ("motion_gate = false", "", {"--no-motion-gate"}),
        ("motion_gate = false", "motion_gate = true", {"--motion-gate"}),
    ],
)
def test_the_motion_gate_is_set_for_the_box_or_for_one_camera(path: Path, box: str, front: str, said: set[str]) -> None:
    path.write_text(GOOD.replace('backend = "openvino"', box).replace('name = "front"', front))
    [launch, _] = launches(read_edge_file(path, {}), cores=4)
    assert {word for word in launch.command if "motion" in word} == said


def test_no_secret_is_on_a_command_line_that_everybody_can_see(path: Path) -> None:
    path.write_text(GOOD)
    for launch in launches(read_edge_file(path, {}), cores=4):
        shown = " ".join(launch.command)
        assert "s3cret" not in shown
        assert "mk_" not in shown
        assert launch.environment["METRICA_WORKER_KEY"] == "mk_secret_of_the_store"


@pytest.mark.parametrize(("cameras", "cores", "each"), [(1, 4, 4), (2, 4, 2), (3, 4, 1), (8, 4, 1), (0, 4, 4)])
def test_cores_are_shared_out_evenly_and_nobody_gets_none(cameras: int, cores: int, each: int) -> None:
    assert fair_threads(cameras, cores) == each


def test_the_key_may_be_in_a_file_beside_it_or_in_the_environment(path: Path) -> None:
    (path.parent / "key").write_text("mk_from_file\n")
    path.write_text(GOOD.replace('key = "mk_secret_of_the_store"', 'key_file = "key"'))
    assert read_edge_file(path, {}).key == "mk_from_file"
    path.write_text(GOOD.replace('key = "mk_secret_of_the_store"', ""))
    assert read_edge_file(path, {"METRICA_WORKER_KEY": "mk_from_environment"}).key == "mk_from_environment"


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("[[camera]]", "[[kamera]]", "kamera is not a setting"),
        ('name = "front"', 'nmae = "front"', "camera 1: nmae is not a setting"),
        ("[0, 0.5, 1, 0.5]", "[0, 0.5, 1]", "line is not four numbers"),
        ("[0, 0.5, 1, 0.5]", "[0, 0.5, 0, 0.5]", "line has no length"),
        ('"center"', '"head"', "anchor is 'head'"),
        (f'id = "{FRONT}"', 'id = "front"', "is not an id"),
        (f'id = "{FRONT}"', f'id = "{BACK}"', "twice"),
        ('source = "rtsp://cam/2"', "", "camera 2: source is missing"),
        ('key = "mk_secret_of_the_store"', "", "key .* is missing"),
        ('api = "https', "api = https", "no TOML"),
        ("threads = 3", "model = 3", "camera 2: model is missing or not a text"),
        ("threads = 3", 'loop = "yes"', "loop is 'yes'; it can be true or false"),
        ("threads = 3", 'motion_gate = "on"', "motion_gate is 'on'; it can be true or false"),
        ('backend = "openvino"', "health_port = 70000", "ports end at 65535"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path: Path, before: str, after: str, complaint: str) -> None:
    assert before in GOOD
    path.write_text(GOOD.replace(before, after))
    with pytest.raises(UsageError, match=complaint):
        read_edge_file(path, {})


def test_a_file_without_cameras_and_a_file_that_is_not_there_are_refused(path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_edge_file(path, {})
    for cameras in ("", "camera = [1]"):
        path.write_text(f'api = "https://api.example.com"\n{cameras}')
        with pytest.raises(UsageError, match="names no camera"):
            read_edge_file(path, {})


def test_the_example_that_is_shipped_can_be_read(tmp_path: Path) -> None:
    example = Path("edge_worker/deploy/edge.toml").read_text()
    (tmp_path / "worker-key").write_text("mk_x")
    (tmp_path / "edge.toml").write_text(example)
    [camera] = read_edge_file(tmp_path / "edge.toml", {"STATE_DIRECTORY": "/var/lib/metrica"}).cameras
    assert camera.name == "front door"
