from __future__ import annotations

from collections.abc import Callable, Iterable

import cv2
import numpy as np
import pytest

from edge_worker.picture_health.freeze import FreezeDetector
from edge_worker.video.frame import Image
from tests.assets import clip
from tests.unit.edge_worker.picture_health.scenes import NOISES, noisy, scene, with_clock, with_person

SHOP = scene()


def live(t: int) -> Image:
    return noisy(SHOP, t)


def first_frozen(detector: FreezeDetector, pictures: Iterable[tuple[int, Image]]) -> int | None:
    for t, picture in pictures:
        detector.add(picture, float(t))
        if detector.is_frozen:
            return t
    return None


def after_live(seconds: int = 120) -> FreezeDetector:
    detector = FreezeDetector()
    assert first_frozen(detector, ((t, live(t)) for t in range(seconds))) is None
    return detector


def test_an_empty_shop_with_the_noise_of_a_sensor_is_not_frozen() -> None:
    assert first_frozen(FreezeDetector(), ((t, live(t)) for t in range(300))) is None


@pytest.mark.parametrize(
    "repeated",
    [
        lambda _t: live(119),
        lambda t: with_clock(live(119), t),
        lambda t: noisy(live(119), t % 5, sigma=0.5),
        lambda t: noisy(live(119), t, sigma=0.2),
    ],
    ids=["identical", "with a clock that goes on", "repeating with its keyframes", "with the noise of an encoder"],
)
def test_a_frozen_picture_is_found_within_65_seconds(repeated: Callable[[int], Image]) -> None:
    found = first_frozen(after_live(), ((t, repeated(t)) for t in range(120, 300)))
    assert found is not None
    assert 120 + 55 <= found <= 120 + 65


def test_a_picture_that_moves_again_is_not_frozen_after_a_few_seconds() -> None:
    detector = after_live()
    assert first_frozen(detector, ((t, live(119)) for t in range(120, 300))) is not None
    for t in range(300, 304):
        detector.add(live(t), float(t))
    assert not detector.is_frozen


def test_an_encoder_that_sends_a_picture_only_every_15_seconds_is_not_frozen() -> None:
    pictures = ((t, live(t // 15 * 15)) for t in range(240))
    assert first_frozen(FreezeDetector(), pictures) is None


def test_the_empty_picture_of_a_camera_without_noise_is_not_frozen() -> None:
    detector = FreezeDetector()
    walking = ((t, with_person(SHOP, 20 + 3 * t % 120, 100)) for t in range(90))
    assert first_frozen(detector, walking) is None
    assert first_frozen(detector, ((t, SHOP) for t in range(90, 900))) is None


def test_a_camera_that_is_frozen_from_the_start_is_found_after_ten_minutes() -> None:
    assert first_frozen(FreezeDetector(), ((t, SHOP) for t in range(900))) == 600


def test_a_camera_that_becomes_quieter_when_the_light_is_switched_is_not_frozen() -> None:
    detector = after_live()
    dark = np.asarray(SHOP * 0.3, np.uint8)
    assert first_frozen(detector, ((t, noisy(dark, t, sigma=0.6)) for t in range(120, 300))) is None


def crowded(t: int, sigma: float = 2.0) -> Image:
    """A door through which crowds push under the camera, more than half of the picture, every 20 seconds."""
    shop = SHOP.copy()
    if t % 20 < 10:
        shop[:, :110] = 255 - shop[:, :110]
    return noisy(shop, t, sigma) if sigma else shop


def test_a_picture_that_freezes_between_crowds_is_found() -> None:
    detector = FreezeDetector()
    assert first_frozen(detector, ((t, crowded(t)) for t in range(240))) is None
    found = first_frozen(detector, ((t, crowded(239)) for t in range(240, 400)))
    assert found is not None
    assert 240 + 55 <= found <= 240 + 65


def test_a_picture_without_noise_between_crowds_is_not_frozen_within_ten_minutes() -> None:
    detector = FreezeDetector()
    assert first_frozen(detector, ((t, crowded(t, sigma=0)) for t in range(240))) is None
    assert first_frozen(detector, ((t, crowded(239, sigma=0)) for t in range(240, 800))) is None


def test_a_picture_that_has_no_noise_once_the_light_is_off_is_not_frozen_within_ten_minutes() -> None:
    detector = after_live()
    dark = np.asarray(SHOP * 0.2, np.uint8)
    assert first_frozen(detector, ((t, dark) for t in range(120, 700))) is None


@pytest.mark.parametrize("name", ["views/busdoor_2.mp4", "views/stadtmitte.mp4"])
def test_a_crowded_clip_that_freezes_is_found_within_65_seconds(name: str) -> None:
    capture = cv2.VideoCapture(str(clip(name)))
    fps = round(capture.get(cv2.CAP_PROP_FPS))
    pictures = [capture.retrieve()[1] for index in range(800) if capture.grab() and index % fps == 0]
    height, width = pictures[0].shape[:2]
    grain = [np.random.default_rng(t).normal(0, 2, (height, width)).astype(np.int16) for t in range(NOISES)]

    def picture(t: int) -> Image:
        image = pictures[t % len(pictures)]
        return np.asarray(cv2.add(image, cv2.merge([grain[t % NOISES]] * 3), dtype=cv2.CV_8U), np.uint8)

    detector = FreezeDetector()
    assert first_frozen(detector, ((t, picture(t)) for t in range(150))) is None
    found = first_frozen(detector, ((t, picture(149)) for t in range(150, 300)))
    assert found is not None
    assert 150 + 55 <= found <= 150 + 65


def test_a_suspicion_begins_after_some_seconds_and_ends_with_the_freeze() -> None:
    detector = after_live()
    suspected = [detector.is_suspected]
    for t in range(120, 200):
        detector.add(live(119), float(t))
        suspected.append(detector.is_suspected)
    assert (suspected[0], suspected[10], suspected[50], suspected[-1]) == (False, True, True, False)
    assert detector.is_frozen
