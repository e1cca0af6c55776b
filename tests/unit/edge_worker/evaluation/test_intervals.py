"""Exact intervals beside SciPy's, and the figures that are quoted in the literature."""

from __future__ import annotations

import pytest
from scipy import stats

from edge_worker.evaluation.intervals import (
    clopper_pearson,
    crossings_to_prove_bias,
    crossings_to_prove_error_rate,
    garwood,
    relative_bias,
)


@pytest.mark.parametrize(("successes", "trials"), [(0, 5), (1, 1), (38, 38), (43, 46), (120, 124), (700, 1000)])
def test_the_interval_of_a_share_is_that_of_clopper_and_pearson(successes: int, trials: int) -> None:
    expected = stats.binomtest(successes, trials).proportion_ci(0.95, method="exact")
    assert clopper_pearson(successes, trials) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_the_share_of_no_trials_is_unknown() -> None:
    assert clopper_pearson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("count", [0, 1, 4, 30, 400])
def test_the_interval_of_a_count_is_that_of_garwood(count: int) -> None:
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert garwood(count) == pytest.approx((low, stats.chi2.ppf(0.975, 2 * count + 2) / 2), abs=1e-8)


def test_the_relative_bias_has_the_interval_of_two_one_sided_t_tests() -> None:
    counted, labelled = [52, 47, 50, 49, 55, 41], [50, 50, 50, 50, 55, 42]
    bias, low, high = relative_bias(counted, labelled)
    mean = sum(labelled) / 6
    errors = [(c - t) / mean for c, t in zip(counted, labelled, strict=True)]
    expected = stats.t.interval(0.90, df=5, loc=bias, scale=stats.sem(errors))
    assert bias == pytest.approx((sum(counted) - sum(labelled)) / sum(labelled))
    assert (low, high) == pytest.approx(expected, abs=1e-6)


def test_one_unit_or_nobody_has_no_relative_bias() -> None:
    for counted, labelled in (([3], [3]), ([0, 0], [0, 0]), ([1, 2, 3], [1, 2])):
        with pytest.raises(ValueError, match="two units or more"):
            relative_bias(counted, labelled)


def test_the_crossings_that_prove_an_error_rate_follow_from_the_interval() -> None:
    """All of n right proves, one-sided with 95 %, what the two-sided 90 % interval excludes."""
    needed = crossings_to_prove_error_rate(0.02)
    assert 1 - clopper_pearson(needed, needed, confidence=0.90)[0] <= 0.02
    assert 1 - clopper_pearson(needed - 1, needed - 1, confidence=0.90)[0] > 0.02


def test_more_errors_need_more_crossings_and_a_bias_beyond_the_margin_is_refused() -> None:
    assert crossings_to_prove_bias(0.02, 0.01, 0.01) < crossings_to_prove_bias(0.02, 0.03, 0.03)
    assert crossings_to_prove_bias(0.02, 0.02, 0.02) < crossings_to_prove_bias(0.02, 0.03, 0.02)
    with pytest.raises(ValueError, match="not within"):
        crossings_to_prove_bias(0.02, 0.04, 0.01)
