"""When a part is started again, and when it is given up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from local.stack.deaths import LIMIT, WINDOW_S, Deaths


def deaths_at(*moments: float) -> Deaths:
    deaths = Deaths()
    for moment in moments:
        deaths = deaths.with_one_at(moment)
    return deaths


def test_a_first_death_is_followed_by_a_start_within_a_quarter_of_a_second() -> None:
    assert deaths_at(100.0).delay_s == 0.25


def test_the_delay_doubles_with_each_death() -> None:
    assert [deaths_at(*range(count)).delay_s for count in (1, 2, 3, 4)] == [0.25, 0.5, 1.0, 2.0]


def test_a_part_that_never_died_starts_at_once() -> None:
    assert Deaths().delay_s == 0.0


def test_five_deaths_within_a_minute_are_hopeless() -> None:
    assert not deaths_at(0, 1, 2, 3).hopeless
    assert deaths_at(0, 1, 2, 3, 4).hopeless


def test_a_death_a_minute_ago_is_forgiven() -> None:
    assert not deaths_at(0, 1, 2, 3, WINDOW_S).hopeless


@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=40).map(sorted))
def test_deaths_are_hopeless_exactly_when_a_window_holds_the_limit(moments: list[float]) -> None:
    deaths = deaths_at(*moments)
    recent = [moment for moment in moments if moments[-1] - moment < WINDOW_S]
    assert deaths.hopeless == (len(recent) >= LIMIT)


@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=40).map(sorted))
def test_the_delay_is_never_longer_than_five_seconds(moments: list[float]) -> None:
    assert 0 <= deaths_at(*moments).delay_s <= 5
