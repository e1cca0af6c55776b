"""The open times of a day in request and response bodies."""

from __future__ import annotations

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
