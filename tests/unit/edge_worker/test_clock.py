from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from edge_worker.clock import TOLERANCE_S, TrustedClock

TRUE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Machine:
    """A machine whose clock is ``wrong_s`` ahead of the truth; `sleep` lets time pass, `step` sets its clock."""

    def __init__(self, wrong_s: float = 0.0) -> None:
        self.wrong_s = wrong_s
        self.elapsed_s = 0.0
        self.clock = TrustedClock(lambda: self.truth() + timedelta(seconds=self.wrong_s), lambda: self.elapsed_s)

    def truth(self) -> datetime:
        return TRUE + timedelta(seconds=self.elapsed_s)

    def error_s(self) -> float:
        return (self.clock.utc() - self.truth()).total_seconds()

    def request_time(self) -> None:
        self.clock.observe(self.truth(), 0.0)


def test_a_small_clock_offset_is_ignored() -> None:
    machine = Machine(wrong_s=TOLERANCE_S - 1)
    machine.request_time()
    assert machine.error_s() == TOLERANCE_S - 1
    assert not machine.clock.is_wrong()


@pytest.mark.parametrize("wrong_s", [-86400.0 * 365, -3600.0, 45.0, 7200.0])
def test_a_clock_that_is_clearly_wrong_is_reported_and_corrected(wrong_s: float) -> None:
    machine = Machine(wrong_s)
    assert machine.error_s() == wrong_s
    machine.request_time()
    assert machine.clock.is_wrong()
    assert machine.clock.offset_s() == wrong_s
    assert machine.error_s() == 0.0


def test_when_the_clock_is_set_right_the_correction_ends_at_once() -> None:
    machine = Machine(wrong_s=-3600.0)
    machine.request_time()
    machine.wrong_s = 0.0
    machine.elapsed_s += 10
    assert machine.error_s() == 0.0
    assert not machine.clock.is_wrong()


def test_a_clock_that_jumps_backwards_is_corrected_by_the_known_offset() -> None:
    machine = Machine()
    machine.request_time()
    machine.elapsed_s += 60
    machine.wrong_s = -7200.0
    assert machine.error_s() == 0.0
    assert machine.clock.is_wrong()


def test_without_an_answer_of_the_backend_the_system_clock_is_used_even_if_it_jumps() -> None:
    machine = Machine()
    machine.wrong_s = -7200.0
    machine.elapsed_s += 1
    assert machine.error_s() == -7200.0
    assert machine.clock.offset_s() is None


def test_a_slow_answer_does_not_make_a_right_clock_wrong() -> None:
    machine = Machine()
    asked_at = machine.truth()
    machine.elapsed_s += 58
    machine.clock.observe(asked_at, round_trip_s=58.0)
    assert not machine.clock.is_wrong() or machine.error_s() == 0.0
    assert abs(machine.error_s()) <= 29.0


def test_a_frames_capture_time_gets_the_same_correction() -> None:
    machine = Machine(wrong_s=3600.0)
    machine.request_time()
    assert machine.clock.corrected(TRUE + timedelta(seconds=3600)) == TRUE
