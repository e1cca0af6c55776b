"""One measured budget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside what it may be.

    Attributes:
        name: what was measured, a stable key of `build/bench.json`.
        value: the figure, in `unit`; None when it could not be measured (then `note` says why).
        unit: unit of `value` and of the bound.
        budget: the bound as a person reads it, e.g. ``"<= 200"``; empty for a figure given for comparison only.
        ok: whether the budget holds; None for a figure without one, or one that could not be measured.
        note: what the reader should know of how it was measured.
    """

    name: str
    value: float | None
    unit: str
    budget: str = ""
    ok: bool | None = None
    note: str = ""


def at_most(name: str, value: float, bound: float, unit: str, note: str = "") -> Row:
    """A row whose figure must not exceed `bound`."""
    return Row(name, round(value, 3), unit, f"<= {bound:g}", value <= bound, note)


def at_least(name: str, value: float, bound: float, unit: str, note: str = "") -> Row:
    """A row whose figure must reach `bound`."""
    return Row(name, round(value, 3), unit, f">= {bound:g}", value >= bound, note)


def figure(name: str, value: float, unit: str, note: str = "") -> Row:
    """A row given for comparison, with no budget of its own."""
    return Row(name, round(value, 3), unit, note=note)


def missing(name: str, unit: str, why: str) -> Row:
    """A row that could not be measured on this machine."""
    return Row(name, None, unit, note=why)
