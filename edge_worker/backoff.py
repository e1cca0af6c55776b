"""Exponential backoff with jitter: pure arithmetic, the random number is an argument."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_DELAY_S = 15 * 60.0
"""The longest delay by default: after an outage the backlog starts to move within a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential delays with an upper limit and, by default, "equal jitter": half is fixed, half is random.

    The fixed half protects a failing backend from constant retries. The random half spreads the retries of many stores
    (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter).

    Attributes:
        first_s: The delay after the first failure, before jitter, in seconds.
        factor: How much longer each further delay is.
        longest_s: The longest delay, in seconds.
        jitter: The random share of a delay, 0..1.
    """

    first_s: float = 1.0
    factor: float = 2.0
    longest_s: float = LONGEST_DELAY_S
    jitter: float = 0.5

    def delay_s(self, failures: int, random: float = 0.0, retry_after_s: float | None = None) -> float:
        """Return the seconds to wait before the next attempt.

        Args:
            failures: Failures in a row so far, ≥ 1.
            random: A random number, 0 ≤ random < 1.
            retry_after_s: What the backend asked for (``Retry-After``). The delay is never shorter, but never longer
                than `longest_s` either.

        Raises:
            ValueError: ``failures`` is below 1.
        """
        if failures < 1:
            raise ValueError(f"failures is {failures}; there is no delay before the first failure")
        # The exponent is limited because 2**2000 does not fit into a float.
        full = min(self.first_s * self.factor ** min(failures - 1, 64), self.longest_s)
        delay = full * (1 - self.jitter) + full * self.jitter * random
        if retry_after_s is not None and retry_after_s > delay:
            delay = retry_after_s + min(self.first_s, full * self.jitter) * random
        return min(delay, self.longest_s)
