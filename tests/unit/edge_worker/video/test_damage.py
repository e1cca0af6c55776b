from __future__ import annotations

from collections.abc import Callable, Container

import pytest

from edge_worker.video.damage import LEFT_OUT_S, WINDOW_S, Damage, DamageMeter

RATE = 10


def watch(meter: DamageMeter, seconds: range, is_damaged: Callable[[int], bool]) -> list[bool]:
    """Count frames of some seconds; return for each whether it is left out."""
    return [
        meter.add(index / RATE, is_marked=is_damaged(index))
        for index in range(seconds.start * RATE, seconds.stop * RATE)
    ]


def test_without_marks_nothing_is_damaged() -> None:
    meter = DamageMeter()
    assert not any(watch(meter, range(100), lambda _: False))
    assert meter.damage == Damage(0, WINDOW_S * RATE, is_reported=False)
    assert meter.damage.share == 0


def test_the_share_is_known_with_the_first_marked_frame() -> None:
    meter = DamageMeter()
    watch(meter, range(20), lambda _: False)
    assert meter.add(20.0, is_marked=True)
    assert (meter.damage.damaged, meter.damage.frames) == (1, 201)
    assert meter.damage.share == pytest.approx(1 / 201)


def test_damage_in_five_seconds_is_reported_and_the_report_ends_a_minute_later() -> None:
    meter, reported = DamageMeter(), []
    for seconds in (range(60), range(60, 64), range(64, 65), range(65, 121), range(121, 125)):
        watch(meter, seconds, lambda index: 600 <= index < 650 and index % RATE < 2)
        reported.append(meter.damage.is_reported)
    assert reported == [False, False, True, True, False]
    assert meter.damage == Damage(0, WINDOW_S * RATE, is_reported=False)


def test_one_disturbance_is_not_reported() -> None:
    meter = DamageMeter()
    watch(meter, range(60), lambda index: 300 <= index < 315)
    assert meter.damage.damaged == 15
    assert meter.damage.share > 0.02
    assert not meter.damage.is_reported


def test_rare_damage_is_not_reported() -> None:
    meter = DamageMeter()
    watch(meter, range(60), lambda index: index % 150 == 0)
    assert meter.damage.damaged == 4
    assert not meter.damage.is_reported


def test_marked_frames_are_left_out_and_the_others_are_not() -> None:
    marked = {3, 4, 9, 30, 31, 32}
    left_out = watch(DamageMeter(), range(5), marked.__contains__)
    assert {index for index, is_left_out in enumerate(left_out) if is_left_out} == marked


def missed(count: int, *, missing: Container[int] = (), at_s: Callable[[int], float]) -> Damage:
    """The damage of a camera of which missing frames are the only sign."""
    meter = DamageMeter()
    for index in range(count):
        if index not in missing:
            left_out = meter.add(at_s(index), is_marked=False, counts_missing=True)
            assert not left_out
    return meter.damage


def steadily(index: int) -> float:
    return index / RATE


def test_missing_frames_are_damaged_where_they_are_the_only_sign() -> None:
    missing = {*range(100, 112), 150, *range(200, 220), 300, 400, 500}
    assert missed(600, missing=missing, at_s=steadily) == Damage(len(missing), 600, is_reported=True)


def test_a_camera_that_sends_irregularly_misses_no_frame() -> None:
    assert missed(200, at_s=lambda index: (index + index // 3) / RATE).damaged == 0


def test_a_camera_that_begins_to_send_slower_is_not_reported() -> None:
    assert not missed(400, at_s=lambda index: max(index, 2 * index - 100) / RATE).is_reported


def test_where_frames_are_marked_a_missing_one_says_nothing() -> None:
    meter = DamageMeter()
    for index in range(200):
        if index != 150:
            meter.add(index / RATE, is_marked=False)
    assert meter.damage.damaged == 0


def test_a_decoder_that_marks_every_frame_does_not_stop_the_count() -> None:
    left_out = watch(DamageMeter(), range(5), lambda index: index >= 10)
    assert [index for index, is_left_out in enumerate(left_out) if is_left_out] == list(
        range(10, 10 + round(LEFT_OUT_S * RATE))
    )
