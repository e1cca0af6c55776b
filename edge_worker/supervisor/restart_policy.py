"""When to restart a process that failed, and when to give up: pure, no clock and no randomness of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from edge_worker.backoff import Backoff


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """The restart rules of one process together with its recent failures. Immutable.

    Example:
        >>> policy = RestartPolicy(Backoff(first_s=0.25, longest_s=5.0, jitter=0.0), window_s=60.0, max_failures=2)
        >>> policy = policy.with_failure(now=10.0, ran_s=3.0)
        >>> policy.delay_s(), policy.gives_up
        (0.25, False)
        >>> policy.with_failure(now=14.0, ran_s=3.0).gives_up
        True

    Attributes:
        backoff: The delays between restarts.
        stable_after_s: A process that ran longer than this before it failed starts with a clean record. None: never.
        window_s: Only failures of the last ``window_s`` seconds count. None: all since the last clean record.
        max_failures: Give up when this many failures count. None: never give up.
        failures: How many failures count now.
    """

    backoff: Backoff
    stable_after_s: float | None = None
    window_s: float | None = None
    max_failures: int | None = None
    failures: int = 0
    _failed_at: tuple[float, ...] = field(default=(), repr=False)

    def with_failure(self, now: float, ran_s: float = 0.0) -> RestartPolicy:
        """Return the policy after one more failure.

        Args:
            now: When the process failed, in seconds of a monotonic clock.
            ran_s: How long it had run, in seconds.
        """
        was_stable = self.stable_after_s is not None and ran_s > self.stable_after_s
        if self.window_s is None:
            return replace(self, failures=1 if was_stable else self.failures + 1)
        window_s = self.window_s
        recent = () if was_stable else tuple(at for at in self._failed_at if now - at < window_s)
        return replace(self, failures=len(recent) + 1, _failed_at=(*recent, now))

    def delay_s(self, random: float = 0.0) -> float:
        """Return the seconds to wait before the next start: 0 while no failure counts.

        Args:
            random: A random number for the jitter, 0 ≤ random < 1.
        """
        return self.backoff.delay_s(self.failures, random) if self.failures else 0.0

    @property
    def gives_up(self) -> bool:
        """Whether `max_failures` is reached and the process should not be started again."""
        return self.max_failures is not None and self.failures >= self.max_failures
