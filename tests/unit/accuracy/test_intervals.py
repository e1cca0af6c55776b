"""Exact intervals beside those of SciPy 1.17 (``binomtest``, ``chi2.ppf``, ``t.interval``)."""

from __future__ import annotations

import pytest

from accuracy.intervals import (
    clopper_pearson,
    crossings_to_prove_bias,
    crossings_to_prove_error_rate,
    garwood,
    relative_bias,
)


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [
        (0, 5, (0.0, 0.521824)),
        (1, 1, (0.025, 1.0)),
        (38, 38, (0.907487, 1.0)),
        (43, 46, (0.821036, 0.986343)),
        (120, 124, (0.919466, 0.991142)),
        (700, 1000, (0.670538, 0.728279)),
    ],
)
def test_the_interval_of_a_share_is_that_of_clopper_and_pearson(
    successes: int, trials: int, expected: tuple[float, float]
) -> None:
    assert clopper_pearson(successes, trials) == pytest.approx(expected, abs=1e-6)


def test_the_share_of_no_trials_is_unknown() -> None:
    assert clopper_pearson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, (0.0, 3.68888)), (1, (0.02532, 5.57164)), (4, (1.08987, 10.24159)), (400, (361.7563, 441.18665))],
)
def test_the_interval_of_a_count_is_that_of_garwood(count: int, expected: tuple[float, float]) -> None:
    assert garwood(count) == pytest.approx(expected, abs=1e-5)


def test_the_relative_bias_has_the_interval_of_two_one_sided_t_tests() -> None:
    counted, labelled = [52, 47, 50, 49, 55, 41], [50, 50, 50, 50, 55, 42]
    bias, low, high = relative_bias(counted, labelled)
    assert bias == pytest.approx((sum(counted) - sum(labelled)) / sum(labelled))
    assert (low, high) == pytest.approx((-0.0374088, 0.0172068), abs=1e-6)


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
