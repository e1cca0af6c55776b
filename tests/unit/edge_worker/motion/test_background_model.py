"""Synthetic frames: what a camera does to an empty scene, and people with low contrast."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache

import cv2
import numpy as np
import pytest

from edge_worker.motion.background_model import BackgroundModel
from edge_worker.motion.parameters import MotionParameters
from edge_worker.video.frame import Image

FPS = 10
WIDTH, HEIGHT = 640, 360
Film = Callable[[int], Image]


def shop() -> Image:
    """Draw shelves, a door and a floor: edges and flat areas."""
    picture = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    picture[240:] = 90
    for x in range(20, 200, 18):
        cv2.rectangle(picture, (x, 60), (x + 12, 220), (x % 200, 160, 90), -1)
    cv2.rectangle(picture, (300, 40), (420, 250), (200, 205, 210), -1)
    return picture


SHOP = shop()
RANDOM = np.random.default_rng(5)
GRAINS = 16
FLICKER = [bool(on) for on in RANDOM.random(1009) < 0.5]
GRAIN = [np.floor(RANDOM.normal(0, 6, (HEIGHT, WIDTH, 1))).astype(np.int16).repeat(3, axis=2) for _ in range(GRAINS)]


def noisy(picture: Image, n: int) -> Image:
    """Add the noise of a cheap camera in dim light: 6 grey levels of grain, JPEG at quality 40."""
    grainy = cv2.add(picture, GRAIN[n % GRAINS], dtype=cv2.CV_8U)
    _, packed = cv2.imencode(".jpg", grainy, (cv2.IMWRITE_JPEG_QUALITY, 40))
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def with_person(picture: Image, x: float, *, step: int = 30, height: int = 40) -> Image:
    """Draw a small person, darker than the background by ``step``, with the feet at y = 300."""
    shown = picture.copy()
    left, right = max(round(x - height / 6), 0), max(round(x + height / 6), 0)
    part = shown[300 - height : 300, left:right]
    part[:] = np.clip(part.astype(int) - step, 0, 255)
    return shown


def motion_in(model: BackgroundModel, film: Film, frames: range, *, people_present: bool = False) -> list[bool]:
    """Whether each frame motion; the model is told at once."""
    motion = []
    for n in frames:
        motion.append(model.has_motion(film(n), n / FPS))
        model.learn(people_present=people_present)
    return motion


def learnt(film: Film, seconds: int = 6) -> BackgroundModel:
    return deepcopy(learnt_once(film, seconds))


@cache
def learnt_once(film: Film, seconds: int) -> BackgroundModel:
    model = BackgroundModel(MotionParameters())
    motion_in(model, film, range(seconds * FPS))
    return model


@cache
def light(flicker: bool, gain: float, grain: int) -> Image:
    """Draw the empty shop, with a brighter lamp if ``flicker``, multiplied by ``gain``."""
    picture = SHOP.astype(float)
    picture[40:160, 440:620] += 60 * flicker
    return noisy(np.clip(picture * gain, 0, 255).astype(np.uint8), grain)


def empty(n: int) -> Image:
    return light(False, 1.0, n % GRAINS)


def lamp(n: int) -> Image:
    """Draw a lamp over a twentieth of the picture that flickers at random."""
    return light(FLICKER[n % len(FLICKER)], 1.0, n % GRAINS)


def exposure(n: int) -> Image:
    """Draw a shop whose camera opens its iris by a sixth at frame 100 and closes it again at frame 400."""
    return light(False, 1.18 if 100 <= n < 400 else 1.0, n % GRAINS)


def clock(n: int) -> Image:
    """Draw date and time in a corner, as most cameras do; the digits change every second."""
    picture = empty(n).copy()
    seconds = n // FPS
    now = f"2026-11-22 09:{58 + seconds // 60}:{seconds % 60:02}"
    cv2.rectangle(picture, (0, 0), (330, 24), (0, 0, 0), -1)
    cv2.putText(picture, now, (4, 18), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 2)
    return picture


@cache
def standing(grain: int) -> Image:
    return noisy(with_person(SHOP, 100), grain)


def test_grain_and_compression_are_not_motion() -> None:
    model = BackgroundModel(MotionParameters())
    assert motion_in(model, empty, range(150)) == [True] + [False] * 149


def test_a_still_picture_has_no_motion() -> None:
    model = BackgroundModel(MotionParameters())
    assert motion_in(model, lambda _: SHOP, range(20)) == [True] + [False] * 19


def test_grain_and_compression_are_no_faint_change_once_they_are_learnt() -> None:
    model = learnt(empty)
    film = [empty(n) for n in range(60)]
    assert [model.has_motion(one, 6 + n / FPS) or model.has_faint_change for n, one in enumerate(film)] == [False] * 60


@pytest.mark.parametrize("step", [-8, 8])
def test_a_person_who_can_hardly_be_told_from_the_floor_is_a_faint_change(step: int) -> None:
    model = learnt(empty)
    film = [noisy(with_person(SHOP, 100 + 2.0 * n, step=step), n) for n in range(20)]
    found = [(model.has_motion(one, 6 + n / FPS), model.has_faint_change) for n, one in enumerate(film)]
    assert found == [(False, True)] * 20


@pytest.mark.parametrize("step", [-60, 25, 60])
def test_a_small_person_who_walks_in_is_motion_before_half_of_them_is_in_the_frame(step: int) -> None:
    model = learnt(empty)
    film = [noisy(with_person(SHOP, n * 2.0 - 10, step=step), n) for n in range(60)]
    motion = [model.has_motion(one, 6 + n / FPS) for n, one in enumerate(film)]
    first = motion.index(True)
    assert first * 2.0 - 10 <= 0.0, "the middle of the person is not in yet"
    assert all(motion[first:])


def test_a_very_slow_person_is_motion_against_the_background() -> None:
    model = learnt(empty)
    motion = [model.has_motion(noisy(with_person(SHOP, 100 + n * 0.05), n), 6 + n / FPS) for n in range(50)]
    assert all(motion)


def test_a_flickering_lamp_is_learnt_within_half_a_minute() -> None:
    model = BackgroundModel(MotionParameters())
    motion = motion_in(model, lamp, range(60 * FPS))
    assert sum(motion[: 3 * FPS]) > FPS
    assert not any(motion[30 * FPS :])


def test_people_are_motion_beside_a_flickering_lamp() -> None:
    model = learnt(lamp, 40)
    motion = [model.has_motion(with_person(lamp(n), 100 + n), 40 + n / FPS) for n in range(400, 430)]
    assert all(motion)


def test_a_clock_in_the_picture_is_motion_for_less_than_a_sixth_of_the_time() -> None:
    model = BackgroundModel(MotionParameters())
    motion = motion_in(model, clock, range(120 * FPS))
    assert sum(motion[90 * FPS :]) < 0.15 * 30 * FPS


def test_a_step_of_the_exposure_is_motion_and_then_belongs_to_the_background() -> None:
    model = BackgroundModel(MotionParameters())
    motion = motion_in(model, exposure, range(700))
    for step in (100, 400):
        assert motion[step]
        assert not any(motion[step + 15 * FPS : step + 30 * FPS])


def test_people_are_motion_after_a_step_of_the_exposure() -> None:
    model = BackgroundModel(MotionParameters())
    motion_in(model, exposure, range(250))
    assert all(model.has_motion(with_person(exposure(n), 2.0 * n - 450), n / FPS) for n in range(250, 280))


def test_a_standing_person_is_never_learnt_as_background() -> None:
    model = learnt(empty)
    assert all(motion_in(model, lambda n: standing(n % GRAINS), range(60, 660), people_present=True))
    assert not any(motion_in(model, empty, range(661, 700))[1:]), "they are gone, and the model is as before"


def test_a_picture_of_another_size_resets_the_background() -> None:
    model = learnt(empty)
    smaller = cv2.resize(SHOP, (320, 240)).astype(np.uint8)
    assert motion_in(model, lambda _: smaller, range(100, 105)) == [True, False, False, False, False]


def test_a_camera_that_was_away_for_an_hour_does_not_learn_its_first_frame_by_heart() -> None:
    model = learnt(empty)
    assert model.has_motion(with_person(SHOP, 100), 3600.0)
    model.learn(people_present=False)
    assert model.has_motion(with_person(SHOP, 100), 3600.1)
