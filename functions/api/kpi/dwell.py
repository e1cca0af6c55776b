"""Dwell, the mean time inside, by Little's law W = L / lambda (Little 1961), without following anybody.

For a complete store-day, in which everybody who came has left, it is mean exit time - mean entry time; crossings that
were missed at random in either direction leave both means where they were. For a day in progress it is the
person-seconds so far over the visitors so far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from functions.api.kpi.cells import Cell
from functions.api.kpi.words import DwellMethod


@dataclass(frozen=True, slots=True)
class Dwell:
    """``seconds`` is None without visitors, or when the crossings contradict each other (exits before entries)."""

    seconds: float | None
    method: DwellMethod


def complete_dwell(cells: Sequence[Cell]) -> float | None:
    """Mean exit time - mean entry time of a complete store-day, seconds."""
    ins, outs = sum(cell.ins for cell in cells), sum(cell.outs for cell in cells)
    if not ins or not outs:
        return None
    origin = cells[0].start
    entered_s = sum(cell.ins * (cell.start - origin).total_seconds() + cell.in_offset_s for cell in cells)
    left_s = sum(cell.outs * (cell.start - origin).total_seconds() + cell.out_offset_s for cell in cells)
    dwell_s = left_s / outs - entered_s / ins
    return dwell_s if dwell_s >= 0 else None


def dwell_so_far(person_seconds: float, visitors: int) -> float | None:
    """Person-seconds so far / visitors so far, seconds; None without visitors."""
    return person_seconds / visitors if visitors else None


def mean_dwell(days: Iterable[tuple[int, float | None]]) -> float | None:
    """The dwell of several store-days, each (visitors, dwell in seconds or None), weighted by their visitors."""
    known = [(visitors, dwell_s) for visitors, dwell_s in days if visitors and dwell_s is not None]
    visitors_total = sum(visitors for visitors, _ in known)
    return sum(visitors * dwell_s for visitors, dwell_s in known) / visitors_total if visitors_total else None
