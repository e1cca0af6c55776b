"""The certificate of an entrance: examples worked out by hand, and what holds for all counts."""

from __future__ import annotations

from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accuracy.certificate import MARGIN, MIN_PARTS, MOST_PEOPLE, Assessment, Part, assess, proves
from accuracy.intervals import bias_of_errors, crossings_to_prove_bias, relative_bias

PARTS = st.lists(
    st.integers(0, 60).flatmap(lambda manual: st.tuples(st.just(manual), st.integers(max(0, manual - 4), manual + 4))),
    max_size=8,
).map(lambda pairs: [Part(*pair) for pair in pairs])


def test_without_an_error_150_people_prove_two_per_cent() -> None:
    """No error of n: the limit of Garwood is −ln 0.05 = 2.9957, so n ≥ 2.9957 / 0.02 = 149.8."""
    assert assess([Part(50, 50)] * 3).is_proven
    found = assess([Part(50, 50), Part(50, 50), Part(49, 49)])
    assert (found.manual, found.counted, found.bias) == (149, 149, 0.0)
    assert found.low == pytest.approx(-2.995732 / 149)
    assert found.high == pytest.approx(2.995732 / 149)
    assert (found.is_proven, found.people_needed) == (False, 1)
    assert assess([]) == Assessment(0, 0, None, None, None, False, 150)


def test_one_missed_of_sixty_needs_178_more() -> None:
    """Garwood's limits of one error are 0.0513 and 4.7439: −1 − (4.7439 − 1) = −4.7439, and 4.7439 / 0.02 = 237.2."""
    found = assess([Part(20, 20), Part(20, 19), Part(20, 20)])
    assert found.bias == pytest.approx(-1 / 60)
    assert found.low == pytest.approx(-4.743865 / 60, abs=1e-6)
    assert found.people_needed == 238 - 60


def test_the_interval_contains_that_of_the_equivalence_test_and_that_of_the_errors() -> None:
    parts = [Part(50, 52), Part(50, 47), Part(50, 50), Part(50, 49), Part(55, 55), Part(42, 41)]
    found = assess(parts)
    _, low, high = relative_bias([part.counted for part in parts], [part.manual for part in parts])
    few_low, few_high = bias_of_errors(extra=2, missed=5, labelled=297)
    assert (found.low, found.high) == (min(low, few_low), max(high, few_high))


def test_errors_that_cancel_out_between_the_parts_are_seen() -> None:
    """The totals agree, the parts do not: t(0.95; 3) = 2.3534, stdev = 8 × √(4/3), half = 2.3534 × stdev / 2 / 100."""
    found = assess([Part(100, 108), Part(100, 92), Part(100, 108), Part(100, 92)])
    assert found.bias == 0
    assert found.high == pytest.approx(2.353363 * 8 * (4 / 3) ** 0.5 / 2 / 100, abs=1e-5)
    assert not found.is_proven


def test_two_parts_have_no_interval() -> None:
    assert MIN_PARTS == 3
    found = assess([Part(500, 500), Part(500, 500)])
    assert (found.low, found.high, found.is_proven) == (None, None, False)
    assert found.people_needed == 1


def test_parts_in_which_nothing_happened_prove_nothing() -> None:
    quiet = [Part(0, 0)] * 20
    assert assess([Part(500, 500), *quiet]) == assess([Part(500, 500)])


def test_crossings_that_nobody_made_are_no_certificate() -> None:
    found = assess([Part(0, 2), Part(0, 1), Part(0, 3)])
    assert (found.bias, found.low, found.is_proven) == (None, None, False)
    assert found.people_needed is not None


def test_what_is_out_of_reach_has_no_number() -> None:
    assert assess([Part(10, 10_000)] * 4).people_needed is None
    assert MOST_PEOPLE == 100_000


def test_the_limits_of_extra_and_missed_crossings_are_combined_by_their_distances() -> None:
    """Two-sided 90 % limits of Garwood: of 3 they are 0.81769 and 7.75366, of 1 they are 0.05129 and 4.74387."""
    low, high = bias_of_errors(extra=3, missed=1, labelled=100)
    assert low == pytest.approx((2 - hypot(3 - 0.817691, 4.743865 - 1)) / 100, abs=1e-6)
    assert high == pytest.approx((2 + hypot(7.753657 - 3, 1 - 0.051293)) / 100, abs=1e-6)


@pytest.mark.parametrize(("parts", "people"), [(3, 500), (12, 500), (12, 2000), (40, 2000)])
@pytest.mark.parametrize(("missed", "extra"), [(0.0, 0.02), (0.01, 0.03), (0.04, 0.02)])
def test_a_counter_at_the_margin_is_seldom_certified(parts: int, people: int, missed: float, extra: float) -> None:
    """Its bias is exactly 2 %: of 300 counts, 15 are expected at most, and 30 were 4 standard deviations more."""
    random = np.random.default_rng(people + parts)
    certified = 0
    for _ in range(300):
        manual = random.poisson(people / parts, parts)
        counted = manual - random.binomial(manual, missed) + random.poisson(manual * extra)
        found = [Part(int(one), int(other)) for one, other in zip(manual, counted, strict=True)]
        certified += proves(found, MARGIN)
    assert certified <= 30


def test_a_good_counter_is_certified_by_the_number_of_people_that_the_documentation_gives() -> None:
    """2 % missed, 2 % extra, 1,083 people: nine of ten by the formula, a few less with quantiles of t."""
    random = np.random.default_rng(7)
    certified = 0
    for _ in range(300):
        manual = random.poisson(crossings_to_prove_bias(MARGIN, 0.02, 0.02) / 40, 40)
        counted = manual - random.binomial(manual, 0.02) + random.poisson(manual * 0.02)
        certified += proves([Part(int(one), int(other)) for one, other in zip(manual, counted, strict=True)], MARGIN)
    assert 240 <= certified <= 290


@given(PARTS)
def test_the_people_needed_are_enough(parts: list[Part]) -> None:
    """With so many further people, all right, in parts like those before, the certificate is there."""
    found = assess(parts)
    if found.people_needed is None:
        return
    used = [part for part in parts if part.manual or part.counted]
    size = found.manual / len(used) if found.manual else found.people_needed / MIN_PARTS
    number = max(MIN_PARTS - len(used), round(found.people_needed / max(size, 1)), 1) if found.people_needed else 0
    number = min(number, found.people_needed, 1000)
    share = [found.people_needed // number + (i < found.people_needed % number) for i in range(number)]
    assert assess([*parts, *(Part(one, one) for one in share)]).is_proven


@given(PARTS)
def test_the_interval_contains_the_bias_and_a_proof_needs_nobody(parts: list[Part]) -> None:
    found = assess(parts)
    assert found.is_proven == (found.people_needed == 0)
    if found.bias is not None and found.low is not None and found.high is not None:
        assert found.low <= found.bias <= found.high
        assert found.is_proven == (found.low >= -MARGIN and found.high <= MARGIN)
        assert found.high - found.low >= 2 * 2.99 / found.manual


@given(PARTS)
def test_extra_and_missed_crossings_are_treated_alike(parts: list[Part]) -> None:
    """A counter that adds as many as another one misses has the mirrored interval."""
    mirrored = [Part(part.manual, 2 * part.manual - part.counted) for part in parts if part.counted <= 2 * part.manual]
    same = [part for part in parts if part.counted <= 2 * part.manual]
    one, other = assess(same), assess(mirrored)
    if one.low is not None and all(part.counted or part.manual for part in mirrored):
        assert (one.low, one.high) == pytest.approx((-float(other.high or 0), -float(other.low or 0)))
