"""When a service of the stack is restarted, and when it is not restarted any more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edge_worker.supervisor.restart_policy import RestartPolicy
from local.stack.supervisor import MAX_FAILURES, RESTART_POLICY, WINDOW_S


def failures_at(*times: float) -> RestartPolicy:
    policy = RESTART_POLICY
    for time in times:
        policy = policy.with_failure(time)
    return policy


def test_a_service_restarts_a_quarter_of_a_second_after_its_first_failure() -> None:
    assert failures_at(100.0).delay_s() == 0.25


def test_the_delay_doubles_with_each_failure() -> None:
    assert [failures_at(*range(count)).delay_s() for count in (1, 2, 3, 4)] == [0.25, 0.5, 1.0, 2.0]


def test_a_service_without_failures_starts_at_once() -> None:
    assert RESTART_POLICY.delay_s() == 0.0


def test_five_failures_within_a_minute_end_the_restarts() -> None:
    assert not failures_at(0, 1, 2, 3).gives_up
    assert failures_at(0, 1, 2, 3, 4).gives_up


def test_a_failure_a_minute_ago_does_not_count() -> None:
    assert not failures_at(0, 1, 2, 3, WINDOW_S).gives_up


@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=40).map(sorted))
def test_the_restarts_end_exactly_when_a_window_holds_the_maximum_of_failures(times: list[float]) -> None:
    recent = [time for time in times if times[-1] - time < WINDOW_S]
    assert failures_at(*times).gives_up == (len(recent) >= MAX_FAILURES)


@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=40).map(sorted))
def test_the_delay_is_never_longer_than_five_seconds(times: list[float]) -> None:
    assert 0 <= failures_at(*times).delay_s() <= 5
