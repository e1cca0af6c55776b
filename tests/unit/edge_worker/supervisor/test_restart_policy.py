from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edge_worker.backoff import Backoff
from edge_worker.supervisor.restart_policy import RestartPolicy

WINDOW_S, MAX_FAILURES = 60.0, 5
LIMITED = RestartPolicy(Backoff(first_s=0.25, longest_s=5.0, jitter=0.0), window_s=WINDOW_S, max_failures=MAX_FAILURES)
UNLIMITED = RestartPolicy(Backoff(first_s=2.0, longest_s=60.0), stable_after_s=60.0)

times = st.lists(st.floats(min_value=0, max_value=1e6), max_size=40).map(sorted)


def failed_at(policy: RestartPolicy, *moments: float) -> RestartPolicy:
    for now in moments:
        policy = policy.with_failure(now)
    return policy


def test_there_is_no_delay_before_the_first_failure() -> None:
    assert (LIMITED.delay_s(), LIMITED.gives_up) == (0.0, False)


def test_the_delay_doubles_with_each_failure_up_to_the_longest() -> None:
    delays = [failed_at(UNLIMITED, *range(count)).delay_s(random=0.0) for count in range(1, 9)]
    assert delays == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


def test_a_process_that_ran_long_enough_starts_with_a_clean_record() -> None:
    policy = failed_at(UNLIMITED, 0, 1, 2)
    assert policy.with_failure(now=100.0, ran_s=60.0).failures == 4
    assert policy.with_failure(now=100.0, ran_s=60.1).failures == 1


def test_without_a_limit_it_never_gives_up() -> None:
    assert not failed_at(UNLIMITED, *range(1000)).gives_up


@given(times)
def test_it_gives_up_exactly_when_the_window_holds_the_limit(moments: list[float]) -> None:
    recent = [moment for moment in moments if moments[-1] - moment < WINDOW_S]
    assert failed_at(LIMITED, *moments).gives_up == (len(recent) >= MAX_FAILURES)


@given(times)
def test_no_delay_is_longer_than_the_longest(moments: list[float]) -> None:
    assert 0 <= failed_at(LIMITED, *moments).delay_s() <= 5
