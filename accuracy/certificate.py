"""What manual counts say about the count of one direction at an entrance: a certificate, or how many people it needs.

A manual count is divided into parts, such as five minutes each. In each part, crossings that were missed and crossings
that were added can cancel out, so the difference of the totals alone says too little. The interval contains two others:

- that of the equivalence test of VDV 457 over the parts (`relative_bias`), which needs two parts or more;
- that of the errors which the parts show (`bias_of_errors`), because few people without an error prove little.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from accuracy.intervals import CONFIDENCE, bias_of_errors, relative_bias

MARGIN = 0.02
"""A certificate says that the bias of each direction lies within ± this."""
MIN_PARTS = 3
"""With two parts, errors that cancel out in both by chance look like none too often."""
MOST_PEOPLE = 100_000
"""A proof that needs more people is out of reach."""
_MOST_FURTHER_PARTS = 1000


class Part(NamedTuple):
    """A part of a manual count, in one direction."""

    manual: int
    counted: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """What manual counts say about one direction.

    Attributes:
        manual: people that were counted by hand.
        counted: people that the camera counted at the same time.
        bias: (counted − manual) / manual; None if nobody was counted by hand.
        low: lower end of its interval; None while there are too few parts.
        high: upper end.
        is_proven: whether the interval lies within the margin.
        people_needed: further people who prove it if all of them are counted right, in parts as large as those before;
            0 if it is proven, None if it is out of reach.
    """

    manual: int
    counted: int
    bias: float | None
    low: float | None
    high: float | None
    is_proven: bool
    people_needed: int | None


def assess(parts: Sequence[Part], margin: float = MARGIN, confidence: float = CONFIDENCE) -> Assessment:
    """Return what the parts of manual counts say about the bias of one direction.

    Args:
        parts: the parts of all manual counts. Those without a crossing by hand or by the camera say nothing and are
            left out.
        margin: largest bias, relative to the manual count.
        confidence: 0..1 of each one-sided test.

    >>> assess([Part(50, 50), Part(50, 50), Part(50, 50)]).is_proven
    True
    >>> assess([Part(20, 20), Part(20, 19), Part(20, 20)]).people_needed
    178
    """
    used = [part for part in parts if part.manual or part.counted]
    manual = sum(part.manual for part in used)
    counted = sum(part.counted for part in used)
    interval = _find_interval(used, confidence)
    is_proven = proves(used, margin, confidence)
    low, high = (None, None) if interval is None else interval
    return Assessment(
        manual=manual,
        counted=counted,
        bias=(counted - manual) / manual if manual else None,
        low=low,
        high=high,
        is_proven=is_proven,
        people_needed=0 if is_proven else _find_people_needed(used, margin, confidence),
    )


def _find_interval(parts: Sequence[Part], confidence: float) -> tuple[float, float] | None:
    """Return the interval of the bias; None if there are too few parts, or nobody was counted by hand."""
    if len(parts) < MIN_PARTS or not any(part.manual for part in parts):
        return None
    of_errors, of_parts = _interval_of_errors(parts, confidence), _interval_of_parts(parts, confidence)
    return min(of_errors[0], of_parts[0]), max(of_errors[1], of_parts[1])


def _interval_of_errors(parts: Sequence[Part], confidence: float) -> tuple[float, float]:
    differences = [part.counted - part.manual for part in parts]
    extra, missed = sum(max(one, 0) for one in differences), sum(max(-one, 0) for one in differences)
    return bias_of_errors(extra, missed, sum(part.manual for part in parts), confidence)


def _interval_of_parts(parts: Sequence[Part], confidence: float) -> tuple[float, float]:
    _, low, high = relative_bias([part.counted for part in parts], [part.manual for part in parts], confidence)
    return low, high


def proves(parts: Sequence[Part], margin: float = MARGIN, confidence: float = CONFIDENCE) -> bool:
    """Return whether the interval of `assess` lies within the margin. What takes longer is computed last."""
    return (
        len(parts) >= MIN_PARTS
        and any(part.manual for part in parts)
        and all(
            -margin <= low and high <= margin
            for low, high in (find(parts, confidence) for find in (_interval_of_errors, _interval_of_parts))
        )
    )


def _find_people_needed(parts: Sequence[Part], margin: float, confidence: float) -> int | None:
    """Return the smallest number of further people, all counted right, that prove the margin; None if out of reach."""

    def is_enough(people: int) -> bool:
        return proves([*parts, *_split(people, parts)], margin, confidence)

    enough = 1
    while not is_enough(enough):
        enough *= 2
        if enough > MOST_PEOPLE:
            return None
    too_few = enough // 2
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        too_few, enough = (too_few, middle) if is_enough(middle) else (middle, enough)
    return enough


def _split(people: int, like: Sequence[Part]) -> list[Part]:
    """Return so many people, all counted right, in parts about as large as others, at least as many as are missing."""
    manual = sum(part.manual for part in like)
    size = manual / len(like) if manual else people / MIN_PARTS
    number = min(people, _MOST_FURTHER_PARTS, max(MIN_PARTS - len(like), round(people / max(size, 1)), 1))
    small, larger = divmod(people, number)
    return [Part(small + (index < larger), small + (index < larger)) for index in range(number)]
