"""Occupancy N(t): the people inside, from counts and sums of crossing times; exact without the single crossings.

Over ``[s, e)`` in which each person enters or leaves at a moment t::

    integral of N dt = N(s)·(e - s) + sum over IN of (e - t) - sum over OUT of (e - t)

which needs per slice only the counts and the sums of t. Within a slice the curve itself is not known, so a peak is the
highest value at a slice's border.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from functions.api.kpi.cells import Cell
from functions.api.kpi.window import Window


@dataclass(frozen=True, slots=True)
class Reset:
    """Somebody counted by eye: at that moment so many people were inside."""

    at: datetime
    occupancy: int


class Step(NamedTuple):
    """A cell's stretch of the occupancy curve.

    ``at_start``, ``at_end``: N at its borders, people, before it is cut off at 0. ``person_seconds``: integral of N dt.
    """

    cell: Cell
    at_start: float
    at_end: float
    person_seconds: float


def occupancy_now(resets: Iterable[Reset], cells: Sequence[Cell]) -> int:
    """max(0, last reset + IN - OUT since) at the end of the cells; a store-day begins with 0.

    The cells begin at the start of the store-day and are cut at every reset.
    """
    last = max(resets, key=lambda reset: reset.at, default=None)
    since = [cell for cell in cells if last is None or cell.start >= last.at]
    return max(0, (last.occupancy if last else 0) + sum(cell.ins - cell.outs for cell in since))


def day_curve(cells: Sequence[Cell], resets: Iterable[Reset], *, closed: bool) -> list[Step]:
    """The occupancy curve of one store-day, which begins empty and goes on from every reset.

    Args:
        cells: of the store-day, cut at every reset.
        resets: within the day.
        closed: the day is over and complete: between resets OUT is scaled so that the curve meets the next reset, and
            is 0 at the end of the day. Where nobody was seen to leave there is nothing to scale.

    Returns:
        One step per cell.
    """
    marks = [(reset.at, float(reset.occupancy)) for reset in sorted(resets, key=lambda reset: reset.at)]
    steps: list[Step] = []
    rest, start_with = list(cells), 0.0
    for at, occupancy in [*marks, (None, 0.0)]:
        stretch = [cell for cell in rest if at is None or cell.start < at]
        rest = rest[len(stretch) :]
        scale = _out_scale(stretch, start_with, occupancy) if closed else 1.0
        steps += _walk(stretch, start_with, scale)
        start_with = occupancy
    return steps


def _out_scale(cells: Sequence[Cell], at_start: float, at_end: float) -> float:
    """By how much OUT is multiplied so that ``at_start`` + IN - OUT is ``at_end``; 1 where that cannot be."""
    ins, outs = sum(cell.ins for cell in cells), sum(cell.outs for cell in cells)
    leaving = at_start + ins - at_end
    return leaving / outs if outs and leaving >= 0 else 1.0


def _walk(cells: Sequence[Cell], at_start: float, out_scale: float) -> Iterable[Step]:
    inside = at_start
    for cell in cells:
        if not cell.ins and not cell.outs:
            yield Step(cell, inside, inside, inside * cell.seconds)
            continue
        seconds = cell.seconds
        entered_s = cell.ins * seconds - cell.in_offset_s
        left_s = out_scale * (cell.outs * seconds - cell.out_offset_s)
        after = inside + cell.ins - out_scale * cell.outs
        yield Step(cell, inside, after, inside * seconds + entered_s - left_s)
        inside = after


def person_seconds(steps: Iterable[Step]) -> float:
    """Time that all people together spent inside while something was known, seconds, 0 or more."""
    return max(0.0, sum(step.person_seconds for step in steps if step.cell.known))


def average_occupancy(steps: Iterable[Step]) -> float | None:
    """Time-average of N over the open time of which something is known; None when there is none."""
    seen = [step for step in steps if step.cell.open_s > 0 and step.cell.known]
    seconds = sum(step.cell.seconds for step in seen)
    return person_seconds(seen) / seconds if seconds else None


def peak_occupancy(steps: Iterable[Step]) -> float | None:
    """The most people inside at a border of a cell of which something is known; None when nothing is."""
    borders = [inside for step in steps if step.cell.known for inside in (step.at_start, step.at_end)]
    return max(0.0, *borders) if borders else None


def cut_steps(steps: Sequence[Step], window: Window) -> Sequence[Step]:
    """The steps, in order, of the cells that begin within a window."""
    first = bisect_left(steps, window.start, key=_start)
    return steps[first : bisect_left(steps, window.end, lo=first, key=_start)]


def _start(step: Step) -> datetime:
    return step.cell.start
