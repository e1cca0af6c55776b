"""How long to wait after the n-th failure in a row: pure arithmetic, the dice come from outside."""

from __future__ import annotations

from dataclasses import dataclass

CAP_S = 15 * 60.0
"""No wait is longer: after an outage the backlog starts to move within a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential, capped, with "equal jitter": half of the wait is fixed, the other half is random.

    The fixed half keeps a failing backend from being hammered, the random half keeps a thousand shops from coming back
    in the same second (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter).

    Attributes:
        first_s: the wait after the first failure, before jitter.
        factor: how much longer each further one is.
        cap_s: the longest wait.
    """

    first_s: float = 1.0
    factor: float = 2.0
    cap_s: float = CAP_S

    def delay_s(self, failures: int, dice: float, retry_after_s: float | None = None) -> float:
        """Seconds to wait.

        Args:
            failures: failures in a row so far, ≥ 1.
            dice: random, 0 ≤ dice < 1.
            retry_after_s: what the backend asked for (``Retry-After``); never undercut, but never beyond the cap.
        """
        if failures < 1:
            raise ValueError(f"failures is {failures}; there is nothing to wait for before the first one")
        # The exponent is bounded: 2**2000 is no float.
        whole = min(self.first_s * self.factor ** min(failures - 1, 64), self.cap_s)
        waited = whole / 2 + whole / 2 * dice
        if retry_after_s is not None and retry_after_s > waited:
            waited = retry_after_s + min(self.first_s, whole / 2) * dice
        return min(waited, self.cap_s)
