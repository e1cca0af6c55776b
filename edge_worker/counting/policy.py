"""Which crossings a store wants to have counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from edge_worker.errors import UsageError

LONGEST_MIN_STAY_S = 60.0
"""An entry waits in memory until the person has stayed: a longer wait makes live numbers late, and a power cut loses
the entries that wait."""


@dataclass(frozen=True, slots=True)
class CountingPolicy:
    """Crossings that happened but are not counted. By default all are counted.

    Attributes:
        min_stay_s: Somebody who goes in and out again within this many seconds is not counted, neither in nor out. An
            entry becomes certain this much later. 0 switches it off.
        ignore_children: People who are much smaller than usual where they cross the line are not counted.
    """

    min_stay_s: float = 0.0
    ignore_children: bool = False

    @classmethod
    def checked(cls, min_stay_s: float, *, ignore_children: bool) -> Self:
        """Return the policy.

        Raises:
            UsageError: ``min_stay_s`` is below 0, above `LONGEST_MIN_STAY_S` or NaN.
        """
        if not 0 <= min_stay_s <= LONGEST_MIN_STAY_S:
            raise UsageError(f"min_stay_s is {min_stay_s:g}; it can be 0 (off) to {LONGEST_MIN_STAY_S:g} seconds")
        return cls(min_stay_s, ignore_children)

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Self:
        """Read the policy from settings, as JSON and TOML have them. A policy that they do not name is off.

        Raises:
            UsageError: ``min_stay_s`` is not a number in its range, or ``ignore_children`` is not a boolean.
        """
        min_stay_s = settings.get("min_stay_s", 0)
        if isinstance(min_stay_s, bool) or not isinstance(min_stay_s, int | float):
            raise UsageError(f"min_stay_s is {min_stay_s!r}; it must be a number of seconds")
        ignore_children = settings.get("ignore_children", False)
        if not isinstance(ignore_children, bool):
            raise UsageError(f"ignore_children is {ignore_children!r}; it can be true or false")
        return cls.checked(float(min_stay_s), ignore_children=ignore_children)

    def filled_from(self, local: CountingPolicy) -> CountingPolicy:
        """Return the policy in which what is off here is as in the local policy."""
        return CountingPolicy(self.min_stay_s or local.min_stay_s, self.ignore_children or local.ignore_children)
