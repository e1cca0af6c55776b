"""The comparison of a number with its baseline."""

from dataclasses import dataclass

from functions.api.kpi.coverage import DataQuality
from functions.api.kpi.enums import Note


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A number beside its baseline.

    Attributes:
        value: the number; None when it is unknown.
        comparable: the number for the days that have a counterpart; None when it is unknown or nothing is compared.
        baseline: the number for those counterparts; None when it is unknown or nothing is compared.
        change: the relative change from `baseline` to `comparable`, 0.1 for 10 % more; None when it cannot be given.
        note: why `value` or `change` is missing; None when there is nothing to explain.
    """

    value: float | None
    comparable: float | None
    baseline: float | None
    change: float | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class ObservedValue:
    """A number and how completely its period was observed; the number is None when it is unknown."""

    value: float | None
    quality: DataQuality


def compare_values(
    value: ObservedValue,
    comparable: ObservedValue | None = None,
    baseline: ObservedValue | None = None,
    missing: Note = Note.NOT_OBSERVED,
    *,
    withheld: Note | None = None,
) -> ComparedValue:
    """Compare a number with its baseline.

    The change is given only when at least 90 % of the open time of both periods was observed, everything has arrived,
    the baseline is more than 0, and nothing withholds it. The baseline is always given when there is one.

    Args:
        value: the number of the whole period.
        comparable: the number of the days that have a counterpart; None when nothing is compared.
        baseline: the number of those counterparts; None when nothing is compared.
        missing: the note to give when the number is unknown.
        withheld: why the two periods cannot be compared fairly; None when they can.
    """
    note = _value_note(value, missing) or withheld
    if note is None and comparable is not None:
        note = _value_note(comparable, missing)
    if comparable is None or baseline is None:
        return ComparedValue(value.value, None, None, None, note)
    note = note or _baseline_note(baseline)
    change = None
    if note is None and comparable.value is not None and baseline.value is not None and baseline.value > 0:
        change = (comparable.value - baseline.value) / baseline.value
    return ComparedValue(value.value, comparable.value, baseline.value, change, note)


def _value_note(number: ObservedValue, missing: Note) -> Note | None:
    if number.value is None:
        return missing
    if number.quality.is_pending:
        return Note.PENDING
    return Note.PARTIALLY_OBSERVED if number.quality.is_partial else None


def _baseline_note(number: ObservedValue) -> Note | None:
    if number.value is None:
        return Note.BASELINE_NOT_OBSERVED
    quality = number.quality
    return Note.BASELINE_PARTIALLY_OBSERVED if quality.is_partial or quality.is_pending else None
