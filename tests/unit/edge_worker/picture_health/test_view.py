from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from edge_worker.camera_status import Picture
from edge_worker.picture_health.problem import VIEW_PICTURES, view_sentence
from edge_worker.picture_health.view import ViewMonitor, ViewProblem
from edge_worker.picture_health.view_file import ViewFile
from edge_worker.video.frame import Image
from tests.assets import clips_folder
from tests.unit.edge_worker.picture_health.scenes import moved, night, noisy, scene, with_person

SHOP = scene()
CALIBRATED_S = 70
Disturb = Callable[[Image], Image]


def show(monitor: ViewMonitor, pictures: list[Image], seconds: int, start: int) -> int | None:
    """Show the pictures in turn, one a second; return after how many seconds a problem was reported."""
    for t in range(seconds):
        monitor.add(pictures[t % len(pictures)], float(start + t))
        if monitor.problem is not None:
            return t
    return None


@pytest.fixture(scope="module")
def calibrated() -> ViewMonitor:
    monitor = ViewMonitor()
    assert show(monitor, [noisy(SHOP, t) for t in range(20)], CALIBRATED_S, 0) is None
    assert monitor.view is not None
    return monitor


def covered(image: Image, share: float = 1.0) -> Image:
    image = image.copy()
    image[:, : round(share * image.shape[1])] = (108, 112, 118)
    return image


def blurred(image: Image, sigma: float) -> Image:
    """The picture of a lens out of focus, or behind a spider's web, by a share of the width."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma * image.shape[1]), np.uint8)


DISTURBED: list[tuple[str, Disturb, ViewProblem]] = [
    ("dark", lambda image: (image * 0.05).astype(np.uint8), ViewProblem.DARK),
    ("washed out", lambda image: np.clip(232 + image * 0.06, 0, 255).astype(np.uint8), ViewProblem.WASHED_OUT),
    ("covered", covered, ViewProblem.COVERED),
    ("covered by 60 %", lambda image: covered(image, 0.6), ViewProblem.COVERED),
    ("out of focus", lambda image: blurred(image, 0.025), ViewProblem.OUT_OF_FOCUS),
    ("shifted by 5 %", lambda image: moved(image, dx=0.05), ViewProblem.MOVED),
    ("tilted by 5 %", lambda image: moved(image, dy=0.05), ViewProblem.MOVED),
    ("rotated by 3°", lambda image: moved(image, rotation_deg=3), ViewProblem.MOVED),
    ("zoomed in by 10 %", lambda image: moved(image, zoom=1.1), ViewProblem.MOVED),
    ("zoomed out by 7 %", lambda image: moved(image, zoom=0.93), ViewProblem.MOVED),
]


@pytest.mark.parametrize(("disturb", "problem"), [row[1:] for row in DISTURBED], ids=[row[0] for row in DISTURBED])
def test_a_disturbed_view_is_reported_within_40_seconds(
    calibrated: ViewMonitor, disturb: Disturb, problem: ViewProblem
) -> None:
    monitor = deepcopy(calibrated)
    pictures = [noisy(disturb(SHOP), t, 1.0) for t in range(5)]
    found = show(monitor, pictures, 60, CALIBRATED_S)
    assert found is not None
    assert found <= 40
    assert monitor.problem is problem
    ends = show_until_ok(monitor, [noisy(SHOP, t) for t in range(5)], CALIBRATED_S + 60)
    assert ends is not None
    assert ends <= 40


def show_until_ok(monitor: ViewMonitor, pictures: list[Image], start: int) -> int | None:
    for t in range(60):
        monitor.add(pictures[t % len(pictures)], float(start + t))
        if monitor.problem is None:
            return t
    return None


@pytest.mark.parametrize(
    "pictures",
    [
        [night(SHOP, t) for t in range(5)],
        [with_person(SHOP, 15 + 10 * t, 110, 75) for t in range(12)],
        [cv2.rectangle(SHOP.copy(), (100, 75), (130, 110), (20, 200, 220), -1)],
        [moved(SHOP, dx=0.006)],
    ],
    ids=["at night", "with people", "with new furniture", "in the wind"],
)
def test_the_same_view_is_no_problem(calibrated: ViewMonitor, pictures: list[Image]) -> None:
    images = [np.asarray(picture, np.uint8) for picture in pictures]
    assert show(deepcopy(calibrated), images, 120, CALIBRATED_S) is None


def test_another_view_is_moved(calibrated: ViewMonitor) -> None:
    monitor = deepcopy(calibrated)
    assert show(monitor, [noisy(scene(7), t) for t in range(5)], 60, CALIBRATED_S) is not None
    assert monitor.problem is ViewProblem.MOVED


def test_a_lens_out_of_focus_is_covered_on_the_wire_and_has_its_own_remedy() -> None:
    assert VIEW_PICTURES[ViewProblem.OUT_OF_FOCUS] is Picture.COVERED
    assert "focus the camera" in view_sentence(ViewProblem.OUT_OF_FOCUS, "")


def test_the_detail_says_how_far_the_camera_has_moved(calibrated: ViewMonitor) -> None:
    monitor = deepcopy(calibrated)
    show(monitor, [moved(SHOP, dx=0.05)], 60, CALIBRATED_S)
    assert monitor.detail == "shifted by 5 % of the width"


def test_a_person_before_the_lens_for_some_seconds_is_no_problem(calibrated: ViewMonitor) -> None:
    monitor = deepcopy(calibrated)
    assert show(monitor, [covered(SHOP)], 20, CALIBRATED_S) is None
    assert show(monitor, [noisy(SHOP, 1)], 60, CALIBRATED_S + 20) is None


def test_a_dark_picture_is_not_learnt_as_the_calibrated_view() -> None:
    monitor = ViewMonitor()
    show(monitor, [np.asarray(SHOP * 0.05, np.uint8)], 100, 0)
    assert monitor.view is None
    assert monitor.problem is ViewProblem.DARK


def test_the_view_survives_a_restart_for_the_same_line_only(calibrated: ViewMonitor, tmp_path: Path) -> None:
    assert calibrated.view is not None
    file = ViewFile.beside(tmp_path / "outbox.db")
    assert file.read("3:0,0.5,1,0.5:foot") is None
    file.write("3:0,0.5,1,0.5:foot", calibrated.view)
    assert file.read("4:0,0.4,1,0.4:foot") is None
    restarted = ViewMonitor(file.read("3:0,0.5,1,0.5:foot"))
    assert show(restarted, [noisy(SHOP, t) for t in range(5)], 40, 0) is None
    assert show(restarted, [moved(SHOP, dx=0.05)], 60, 40) is not None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x00" * 100])
def test_a_damaged_file_is_learnt_again(content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = ViewFile.beside(tmp_path / "outbox.db")
    file.path.write_bytes(content)
    assert file.read("1") is None
    assert "the calibrated view of the camera" in caplog.text
    assert "is found out again" in caplog.text


@pytest.mark.parametrize(
    "changed",
    [
        {"real": np.zeros((0, 0), np.int8), "imaginary": np.zeros((0, 0), np.int8)},
        {"real": np.zeros((1, 1), np.int8)},
        {"imaginary": np.zeros((30, 40), np.float32)},
        {"sharpness": np.float64("nan")},
        {"sharpness": np.str_("sharp")},
        {"real": None},
    ],
)
def test_a_file_that_contains_no_view_is_learnt_again(
    changed: dict[str, Any], calibrated: ViewMonitor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert calibrated.view is not None
    file = ViewFile.beside(tmp_path / "outbox.db")
    file.write("1", calibrated.view)
    with np.load(file.path) as stored:
        parts = {name: stored[name] for name in stored.files} | changed
    np.savez(file.path, **{name: value for name, value in parts.items() if value is not None})
    assert file.read("1") is None
    assert "is found out again" in caplog.text


def clip_pictures(name: str, count: int = 30) -> list[Image]:
    """Pictures of a clip, evenly spread."""
    capture = cv2.VideoCapture(str(clips_folder() / name))
    images = []
    while capture.grab():
        images.append(np.asarray(cv2.resize(capture.retrieve()[1], None, fx=0.5, fy=0.5), np.uint8))
    return images[:: max(len(images) // count, 1)]


CLIPS = [
    *("doorway_1.mpg", "doorway_2.mpg", "doorway_6.mpg", "plaza.avi", "views/busdark.mp4", "views/busdoor_2.mp4"),
    *("views/campus.mp4", "views/kitti17.mp4", "views/onebyone.mp4", "views/stadtmitte.mp4"),
]


@pytest.fixture(scope="module", params=CLIPS)
def clip_view(request: pytest.FixtureRequest) -> tuple[ViewMonitor, list[Image]]:
    pictures = clip_pictures(request.param)
    monitor = ViewMonitor()
    assert show(monitor, pictures, 120, 0) is None
    return monitor, pictures


@pytest.mark.slow
def test_no_labelled_clip_is_a_problem_and_each_disturbed_one_is_found(
    clip_view: tuple[ViewMonitor, list[Image]],
) -> None:
    for name, disturb, problem in DISTURBED:
        monitor, pictures = deepcopy(clip_view[0]), [disturb(picture) for picture in clip_view[1][:10]]
        found = show(monitor, pictures, 60, 120)
        assert found is not None, name
        assert found <= 40, name
        assert monitor.problem is problem, name
