"""The comparison of a number with its baseline."""

from dataclasses import dataclass

from functions.api.kpi.coverage import DataQuality
from functions.api.kpi.enums import Note


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A number beside its baseline.

    Attributes:
        value: the number; None when it is unknown.
        baseline: the number of the compared period; None when it is unknown or nothing is compared.
        change: the relative change, 0.1 for 10 % more; None when it cannot be given.
        note: why `value` or `change` is missing; None when there is nothing to explain.
    """

    value: float | None
    baseline: float | None
    change: float | None
    note: Note | None


def compare_values(
    value: float | None,
    quality: DataQuality,
    baseline: float | None = None,
    baseline_quality: DataQuality | None = None,
    missing: Note = Note.NOT_OBSERVED,
    *,
    line_changed: bool = False,
) -> ComparedValue:
    """Compare a number with its baseline.

    The change is given only when at least 90 % of the open time of both periods was observed, everything has arrived,
    the cameras counted with the same lines, and the baseline is more than 0. The baseline is always
    given when there is one.

    Args:
        value: the number; None when it is unknown.
        quality: how completely its period was observed.
        baseline: the number of the compared period; None when it is unknown.
        baseline_quality: how completely that period was observed; None when nothing is compared.
        missing: the note to give when `value` is None.
        line_changed: whether a camera counted with more than one line in the two periods.
    """
    note = _value_note(value, quality, missing)
    if note is None and line_changed:
        note = Note.LINE_CHANGED
    if note is None and baseline_quality is not None:
        note = _baseline_note(baseline, baseline_quality)
    change = None
    if note is None and value is not None and baseline is not None and baseline > 0:
        change = (value - baseline) / baseline
    return ComparedValue(value, baseline, change, note)


def _value_note(value: float | None, quality: DataQuality, missing: Note) -> Note | None:
    if value is None:
        return missing
    if quality.is_pending:
        return Note.PENDING
    return Note.PARTIALLY_OBSERVED if quality.is_partial else None


def _baseline_note(baseline: float | None, quality: DataQuality) -> Note | None:
    if baseline is None:
        return Note.BASELINE_NOT_OBSERVED
    return Note.BASELINE_PARTIALLY_OBSERVED if quality.is_partial or quality.is_pending else None
