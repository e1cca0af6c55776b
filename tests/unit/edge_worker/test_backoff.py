from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.backoff import LONGEST_DELAY_S, Backoff

randoms = st.floats(0, 1, exclude_max=True)
failures = st.integers(1, 10_000)


@pytest.mark.parametrize(
    ("failed", "shortest", "longest"), [(1, 0.5, 1.0), (2, 1.0, 2.0), (5, 8.0, 16.0), (11, 450, 900)]
)
def test_each_wait_is_twice_as_long_as_the_one_before_and_half_of_it_is_random(
    failed: int, shortest: float, longest: float
) -> None:
    assert Backoff().delay_s(failed, 0.0) == shortest
    assert Backoff().delay_s(failed, 0.999999) == pytest.approx(longest, rel=1e-4)


@given(failures, randoms, st.none() | st.floats(0, 1e9))
def test_no_wait_is_longer_than_a_quarter_of_an_hour_and_none_is_zero(
    failed: int, random: float, retry_after: float | None
) -> None:
    assert 0 < Backoff().delay_s(failed, random, retry_after) <= LONGEST_DELAY_S == 900


@given(failures, randoms, st.floats(0, LONGEST_DELAY_S))
def test_retry_after_is_never_undercut(failed: int, random: float, retry_after: float) -> None:
    assert Backoff().delay_s(failed, random, retry_after) >= retry_after


def test_there_is_no_wait_before_the_first_failure() -> None:
    with pytest.raises(ValueError, match="failures is 0"):
        Backoff().delay_s(0, 0.5)
