"""A clock that a test moves."""

from __future__ import annotations


class Elapsed:
    """Returns the seconds that the test has set, as `time.monotonic` returns those of the system."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds
