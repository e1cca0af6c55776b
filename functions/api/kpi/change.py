"""A number beside what it is compared with."""

from dataclasses import dataclass

from functions.api.kpi.coverage import ENOUGH, USUAL_LAG_S
from functions.api.kpi.words import Note


@dataclass(frozen=True, slots=True)
class Worth:
    """How well a period is known.

    ``coverage``: share of its settled open time that was observed, 0..1; None when there was no such time.
    ``overdue_s``: open seconds that are over but not delivered yet.
    """

    coverage: float | None
    overdue_s: float = 0.0

    @property
    def is_partial(self) -> bool:
        """Observed too little to be compared."""
        return self.coverage is not None and self.coverage < ENOUGH

    @property
    def is_pending(self) -> bool:
        """More is on its way than usual."""
        return self.overdue_s > USUAL_LAG_S


@dataclass(frozen=True, slots=True)
class Compared:
    """A number, its baseline, the relative change (0.1 = 10 % more), and why one of them is missing."""

    value: float | None
    baseline: float | None
    change: float | None
    note: Note | None


def compare(
    value: float | None,
    worth: Worth,
    baseline: float | None = None,
    baseline_worth: Worth | None = None,
    missing: Note = Note.NOT_OBSERVED,
) -> Compared:
    """Put a number beside its baseline, like with like.

    The change is given only when both were observed for at least 90 % of their open time, all of it has arrived, and
    the baseline is not 0. The baseline is always given when there is one.

    Args:
        value: the number, None when it is unknown.
        worth: how well its period is known.
        baseline: the number of the compared period, None when it is unknown.
        baseline_worth: how well that period is known; None when nothing is compared.
        missing: why ``value`` is None, when it is.
    """
    note = _note(value, worth, missing)
    if note is None and baseline_worth is not None:
        note = _baseline_note(baseline, baseline_worth)
    change = (value - baseline) / baseline if note is None and value is not None and baseline else None
    return Compared(value, baseline, change, note)


def _note(value: float | None, worth: Worth, missing: Note) -> Note | None:
    if value is None:
        return missing
    if worth.is_pending:
        return Note.PENDING
    return Note.PARTIALLY_OBSERVED if worth.is_partial else None


def _baseline_note(baseline: float | None, worth: Worth) -> Note | None:
    if baseline is None:
        return Note.BASELINE_NOT_OBSERVED
    return Note.BASELINE_PARTIALLY_OBSERVED if worth.is_partial or worth.is_pending else None
