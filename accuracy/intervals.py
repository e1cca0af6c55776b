"""Exact confidence intervals of shares and of counts of errors, and the equivalence test of public transport. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil, exp, hypot, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist, fmean, stdev

CONFIDENCE = 0.95


def clopper_pearson(successes: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the exact two-sided confidence interval of a share (Clopper and Pearson, Biometrika 26, 1934).

    Args:
        successes: Number of successes.
        trials: Number of trials; (0, 1) is returned for none.
        confidence: 0..1.

    >>> low, high = clopper_pearson(38, 38)
    >>> round(low, 3), high
    (0.907, 1.0)
    """
    tail = (1 - confidence) / 2
    low, high = 0.0, 1.0
    if successes > 0:
        low = _solve(lambda share: 1 - _binomial_cdf(successes - 1, trials, share) >= tail, 0.0, 1.0)
    if successes < trials:
        high = _solve(lambda share: _binomial_cdf(successes, trials, share) <= tail, 0.0, 1.0)
    return low, high


@lru_cache(maxsize=4096)
def garwood(count: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the exact two-sided confidence interval of the mean of a Poisson count (Garwood, Biometrika 28, 1936).

    Args:
        count: The observed count.
        confidence: 0..1.

    >>> low, high = garwood(0)
    >>> low, round(high, 2)
    (0.0, 3.69)
    """
    tail = (1 - confidence) / 2
    largest = count + 10 * sqrt(count + 1) + 20
    low = _solve(lambda mean: 1 - _poisson_cdf(count - 1, mean) >= tail, 0.0, largest) if count else 0.0
    return low, _solve(lambda mean: _poisson_cdf(count, mean) <= tail, 0.0, largest)


def relative_bias(
    counted: Sequence[int], labelled: Sequence[int], confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """Return the bias of counts relative to the labelled ones, and its confidence interval.

    The equivalence test of VDV 457 accepts a counter if the interval lies within the margin (±1 % there): two one-sided
    t-tests, so the interval has a confidence of ``2 × confidence − 1`` (Siebert and Ellenberger, Transportation 47,
    2020).

    Args:
        counted: One count per unit (a clip, an hour, a stop of a bus).
        labelled: The labelled count of each unit; not all are 0.
        confidence: 0..1 of each one-sided test.

    Raises:
        ValueError: There are fewer than two units, or no labelled person.

    >>> [round(value, 3) for value in relative_bias([10, 9, 10, 11, 9], [10, 10, 10, 10, 10])]
    [-0.02, -0.1, 0.06]
    """
    units = len(labelled)
    if units < 2 or len(counted) != units or sum(labelled) == 0:
        raise ValueError("the relative bias needs two units or more and at least one labelled person")
    mean = fmean(labelled)
    differences = [(one - true) / mean for one, true in zip(counted, labelled, strict=True)]
    bias = fmean(differences)
    half = _t_quantile(confidence, units - 1) * stdev(differences) / sqrt(units)
    return bias, bias - half, bias + half


def bias_of_errors(extra: int, missed: int, labelled: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the confidence interval of the bias of a counter with so many extra and missed crossings.

    Garwood's limits of both counts, combined by the distances of the limits from the counts (Zou and Donner, Statistics
    in Medicine 27, 2008). Unlike the interval of `relative_bias`, it is not empty when no error was seen.

    Args:
        extra: Number of extra crossings.
        missed: Number of missed crossings.
        labelled: Number of labelled crossings, above 0.
        confidence: 0..1 of each one-sided test, as of `relative_bias`.

    >>> [round(limit, 3) for limit in bias_of_errors(0, 0, 150)]
    [-0.02, 0.02]
    """
    two_sided = 2 * confidence - 1
    extra_low, extra_high = garwood(extra, two_sided)
    missed_low, missed_high = garwood(missed, two_sided)
    below = hypot(extra - extra_low, missed_high - missed)
    above = hypot(extra_high - extra, missed - missed_low)
    return (extra - missed - below) / labelled, (extra - missed + above) / labelled


def crossings_to_prove_error_rate(limit: float, confidence: float = CONFIDENCE) -> int:
    """Return the number of crossings, all counted right, that prove an error rate below ``limit``.

    >>> crossings_to_prove_error_rate(0.02)
    149
    """
    return ceil(log(1 - confidence) / log1p(-limit))


def crossings_to_prove_bias(
    margin: float, missed: float, extra: float, confidence: float = CONFIDENCE, power: float = 0.9
) -> int:
    """Return the number of crossings with which the equivalence test accepts a counter that deserves it.

    Args:
        margin: Largest relative bias to accept, such as 0.02.
        missed: Share of the crossings that are missed.
        extra: Extra crossings per crossing.
        confidence: 0..1 of each one-sided test.
        power: Probability that the test accepts the counter.

    Raises:
        ValueError: The bias itself is not within the margin, so no number of crossings proves it.

    >>> crossings_to_prove_bias(0.02, missed=0.02, extra=0.02)
    1083
    """
    bias = abs(extra - missed)
    if bias >= margin:
        raise ValueError(f"a bias of {bias:g} is not within ±{margin:g}")
    # Errors are rare and independent: a crossing is missed, or another one is added to it.
    variance = missed + extra - bias**2
    accepted = (1 + power) / 2 if bias == 0 else power
    z = NormalDist().inv_cdf(confidence) + NormalDist().inv_cdf(accepted)
    return ceil(variance * (z / (margin - bias)) ** 2)


def _solve(is_reached: Callable[[float], bool], low: float, high: float) -> float:
    """Return the smallest value between ``low`` and ``high`` at which a monotonic condition holds, by bisection."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if is_reached(middle) else (middle, high)
    return high


def _binomial_cdf(successes: int, trials: int, share: float) -> float:
    if share <= 0:
        return 1.0
    if share >= 1:
        return float(successes >= trials)
    logs = (
        lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(share) + (trials - k) * log1p(-share)
        for k in range(successes + 1)
    )
    return min(1.0, sum(exp(one) for one in logs))


def _poisson_cdf(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    # The chance of a count further below the mean is less than e^-800 (Chernoff), which is 0 as a float.
    least = max(0, int(mean - 40 * sqrt(mean)))
    return min(1.0, sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(least, count + 1)))


@lru_cache(maxsize=4096)
def _t_quantile(confidence: float, degrees: int) -> float:
    """Return the quantile of Student's t distribution, by integrating its density (Simpson's rule)."""
    scale = exp(lgamma((degrees + 1) / 2) - lgamma(degrees / 2)) / sqrt(degrees * pi)

    power = -(degrees + 1) / 2

    def share_below(t: float) -> float:
        steps = 400
        width = t / steps
        densities = [exp(power * log1p((i * width) ** 2 / degrees)) for i in range(steps + 1)]
        weighted = densities[0] + 4 * sum(densities[1::2]) + 2 * sum(densities[2:-1:2]) + densities[-1]
        return 0.5 + scale * width / 3 * weighted

    return _solve(lambda t: share_below(t) >= confidence, 0.0, 50.0)
