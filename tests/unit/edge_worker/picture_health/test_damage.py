"""Pictures that lost packets damage, drawn: a smear that stays until the next keyframe."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from edge_worker.picture_health.damage import Damage, DamageDetector
from edge_worker.video.frame import Image
from tests.unit.edge_worker.picture_health.scenes import noisy, scene, with_person

SHOP = scene()
RATE = 10
GROUP = 20
"""Pictures from one keyframe to the next."""


def smeared(image: Image) -> Image:
    damaged = image.copy()
    damaged[30:70, 20:120] = 255 - damaged[30:70, 20:120]
    return damaged


def watch(picture: Callable[[int], Image], seconds: float, group: int = GROUP) -> tuple[DamageDetector, list[bool]]:
    detector, reported = DamageDetector(), []
    for index in range(round(seconds * RATE)):
        detector.add(picture(index), index / RATE, has_keyframe=index % group == 0)
        reported.append(detector.reported is not None)
    return detector, reported


def walker(index: int) -> Image:
    """A shop through which people walk."""
    return noisy(with_person(SHOP, (index * 4) % 160, 100), index)


def test_pictures_that_keyframes_repair_are_damaged() -> None:
    # In every third group of pictures a packet is lost half-way.
    detector, reported = watch(
        lambda i: smeared(walker(i)) if i // GROUP % 3 == 2 and i % GROUP > GROUP // 2 else walker(i), 40
    )
    assert detector.damage.repairs in {4, 5}
    assert reported[-1]


def test_people_who_walk_are_no_damage() -> None:
    detector, reported = watch(walker, 60)
    assert (detector.damage.repairs, any(reported)) == (0, False)
    assert detector.damage.keyframes >= 25


def test_keyframes_that_all_change_the_picture_are_those_of_a_low_bit_rate() -> None:
    def coarse(index: int) -> Image:
        age = min(index % GROUP, 4) / 4
        return np.asarray(np.clip(walker(index) * (1 - 0.3 * age) + 100 * 0.3 * age, 0, 255), np.uint8)

    detector, reported = watch(coarse, 60)
    assert (detector.damage.repairs, any(reported)) == (0, False)


def test_a_switch_of_the_light_is_no_damage() -> None:
    detector, reported = watch(lambda i: np.asarray(walker(i) * (0.5 if i // 200 % 2 else 1.0), np.uint8), 60)
    assert detector.damage.repairs <= 2
    assert not any(reported)


def test_a_stream_of_keyframes_alone_has_nothing_to_repair() -> None:
    detector, reported = watch(lambda i: smeared(walker(i)) if i % 40 < 3 else walker(i), 30, group=1)
    assert (detector.damage.keyframes, any(reported)) == (0, False)


def test_the_report_ends_when_no_packets_are_lost_any_more() -> None:
    _, reported = watch(
        lambda i: smeared(walker(i)) if i < 400 and i // GROUP % 3 == 2 and i % GROUP > 9 else walker(i), 220
    )
    assert reported[399]
    assert not reported[-1]


def test_another_size_of_the_picture_is_not_compared() -> None:
    detector = DamageDetector()
    for index in range(40):
        image = walker(index) if index < 20 else np.zeros((60, 80, 3), np.uint8)
        detector.add(image, index / RATE, has_keyframe=index % 10 == 0)
    assert detector.reported is None


def withheld(picture: Callable[[int], Image], seconds: float, group: int = GROUP) -> list[int]:
    """The numbers of the pictures that are kept from the detector."""
    detector = DamageDetector()
    return [
        index
        for index in range(round(seconds * RATE))
        if detector.add(picture(index), index / RATE, has_keyframe=index % group == 0)
    ]


def lossy(index: int) -> Image:
    """In every third group of pictures a packet is lost half-way."""
    return smeared(walker(index)) if index // GROUP % 3 == 2 and index % GROUP > GROUP // 2 else walker(index)


def test_damaged_pictures_are_withheld_from_the_first_one_on_once_the_damage_is_reported() -> None:
    known = 500  # three keyframes have repaired the picture by then
    found = [index for index in withheld(lossy, 80) if index >= known]
    assert found == [i for i in range(known, 800) if i // GROUP % 3 == 2 and GROUP // 2 < i % GROUP <= GROUP // 2 + 5]


def test_a_damaged_picture_between_two_others_is_withheld() -> None:
    def once(index: int) -> Image:
        return smeared(walker(index)) if index == 712 else lossy(index) if index < 700 else walker(index)

    found = [index for index in withheld(once, 80) if index >= 700]
    assert found[0] == 712
    assert found[-1] < 720


def test_no_picture_is_withheld_while_no_keyframe_repairs_any() -> None:
    def sudden(index: int) -> Image:
        shop = np.asarray(SHOP * (0.5 if (index + 7) // 31 % 2 else 1.0), np.uint8)
        return noisy(with_person(shop, 80, 110, 90) if 30 < index % 50 < 47 else shop, index)

    assert withheld(sudden, 60) == []


def test_pictures_are_withheld_for_half_a_second_at_most() -> None:
    def long(index: int) -> Image:
        return smeared(walker(index)) if index // 50 % 2 and index % 50 > 10 else walker(index)

    found = [index for index in withheld(long, 120, group=50) if index >= 900]
    assert found
    assert {index % 50 for index in found} == set(range(11, 16))


@pytest.mark.parametrize("t", [0.0, 1e6])
def test_the_time_may_begin_anywhere(t: float) -> None:
    detector = DamageDetector()
    detector.add(SHOP, t, has_keyframe=True)
    assert detector.damage == Damage(0, 0)
