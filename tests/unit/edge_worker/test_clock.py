from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from edge_worker.clock import TOLERANCE_S, TrustedClock

TRUE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Box:
    """A machine whose clock is ``wrong_s`` ahead of the truth; `sleep` lets time pass, `step` sets its clock."""

    def __init__(self, wrong_s: float = 0.0) -> None:
        self.wrong_s = wrong_s
        self.elapsed_s = 0.0
        self.clock = TrustedClock(lambda: self.truth() + timedelta(seconds=self.wrong_s), lambda: self.elapsed_s)

    def truth(self) -> datetime:
        return TRUE + timedelta(seconds=self.elapsed_s)

    def error_s(self) -> float:
        return (self.clock.utc() - self.truth()).total_seconds()

    def asks_the_backend(self) -> None:
        self.clock.observe(self.truth(), 0.0)


def test_a_clock_that_is_nearly_right_is_left_alone() -> None:
    box = Box(wrong_s=TOLERANCE_S - 1)
    box.asks_the_backend()
    assert box.error_s() == TOLERANCE_S - 1
    assert not box.clock.is_wrong()


@pytest.mark.parametrize("wrong_s", [-86400.0 * 365, -3600.0, 45.0, 7200.0])
def test_a_clock_that_is_clearly_wrong_is_reported_and_corrected(wrong_s: float) -> None:
    box = Box(wrong_s)
    assert box.error_s() == wrong_s
    box.asks_the_backend()
    assert box.clock.is_wrong()
    assert box.clock.offset_s() == wrong_s
    assert box.error_s() == 0.0


def test_when_the_clock_is_set_right_the_correction_ends_at_once() -> None:
    box = Box(wrong_s=-3600.0)
    box.asks_the_backend()
    box.wrong_s = 0.0
    box.elapsed_s += 10
    assert box.error_s() == 0.0
    assert not box.clock.is_wrong()


def test_a_clock_that_jumps_backwards_is_corrected_by_what_was_known_before() -> None:
    box = Box()
    box.asks_the_backend()
    box.elapsed_s += 60
    box.wrong_s = -7200.0
    assert box.error_s() == 0.0
    assert box.clock.is_wrong()


def test_without_any_word_of_the_backend_the_clock_is_believed_even_when_it_jumps() -> None:
    box = Box()
    box.wrong_s = -7200.0
    box.elapsed_s += 1
    assert box.error_s() == -7200.0
    assert box.clock.offset_s() is None


def test_a_slow_answer_does_not_make_a_right_clock_wrong() -> None:
    box = Box()
    asked_at = box.truth()
    box.elapsed_s += 58
    box.clock.observe(asked_at, round_trip_s=58.0)
    assert not box.clock.is_wrong() or box.error_s() == 0.0
    assert abs(box.error_s()) <= 29.0


def test_a_frames_capture_time_gets_the_same_correction() -> None:
    box = Box(wrong_s=3600.0)
    box.asks_the_backend()
    assert box.clock.corrected(TRUE + timedelta(seconds=3600)) == TRUE
