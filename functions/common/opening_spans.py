"""The open times of a day in request and response bodies."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, StringConstraints

MAX_SPANS_PER_DAY = 6

ClockTime = Annotated[
    str,
    StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
    Field(description="HH:MM; 24:00 is midnight at the end of the day.", examples=["09:00"]),
]
Span = Annotated[
    list[ClockTime],
    Field(
        min_length=2,
        max_length=2,
        description="Opening and closing time. If the second is not later, the span ends on the next day.",
    ),
]

_DAY = 24 * 60


def span_minutes(opens: str, closes: str) -> tuple[int, int]:
    """Return the start and the end of a span in minutes after the midnight before it.

    >>> span_minutes("22:00", "02:00")
    (1320, 1560)
    """
    start, end = (int(at[:2]) * 60 + int(at[3:]) for at in (opens, closes))
    return start, end if end > start else end + _DAY


def find_overlap(spans: list[list[str]]) -> tuple[str, str] | None:
    """Return two spans of one day that overlap, as texts; None when there are none.

    Hours after midnight are those of the day on which they begin. Yet the early hours of a day are compared with those
    of a span that continues after midnight too: `09:00–05:00` with `01:00–02:00` can mean the same night twice.

    >>> find_overlap([["09:00", "05:00"], ["01:00", "02:00"]])
    ('09:00–05:00', '01:00–02:00')
    >>> find_overlap([["18:00", "02:00"], ["12:00", "15:00"]])
    """
    in_order = sorted((*span_minutes(opens, closes), f"{opens}–{closes}") for opens, closes in spans)
    again = [(opens + _DAY, closes + _DAY, text) for opens, closes, text in in_order[:1]]
    for (_, closes, text), (opens, _, later_text) in pairwise([*in_order, *again]):
        if opens < closes:
            return text, later_text
    return None
