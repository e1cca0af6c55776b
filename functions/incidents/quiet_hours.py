"""Cameras that counted nobody in an hour that is usually busy. Pure.

People come at random: their number in an hour is about a Poisson variable. With ten expected, an hour without any has a
probability of 1 in 22,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from functions.incidents.finding import Fault

MIN_USUAL_CROSSINGS = 10
"""A busy hour has at least so many crossings, in the median of the weeks before."""

WEEKS = 4
"""The hour is compared with the same hour of the same weekday in so many weeks before."""

MIN_WEEKS = 3
"""With fewer observed weeks nothing is decided."""

MIN_OBSERVED_MINUTES = 54
"""An hour counts as observed with so many minutes with frames: nine tenths."""

ARRIVES_WITHIN = timedelta(minutes=5)
"""Crossings of a box that is online have arrived this long after the end of the hour."""


def find_quiet_hour(crossings: int, usual: Sequence[int], start: datetime) -> Fault | None:
    """Return the fault of an hour without crossings, or None.

    Args:
        crossings: crossings of both directions in the hour.
        usual: the crossings of the same hour in the weeks before, those that were observed only.
        start: start of the hour, in the zone of the store.
    """
    if crossings or len(usual) < MIN_WEEKS or median(usual) < MIN_USUAL_CROSSINGS:
        return None
    return Fault(
        f"Nobody crossed the line from {start:%H:%M} on for an hour; {median(usual):,.0f} crossings are usual then.",
        "Look at the snapshot of the camera: is the entrance closed, the line at its place, the light on?",
        start,
        {"usual_crossings": median(usual)},
    )
