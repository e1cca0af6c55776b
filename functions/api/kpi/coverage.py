"""What a bucket's numbers are worth: its coverage and its state."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.api.kpi.cells import Cell
from functions.api.kpi.words import BucketState

ENOUGH = 0.9
"""The coverage from which a bucket is a ``value`` (DESIGN section 5)."""

USUAL_LAG_S = 900.0
"""So much open time is always pending: the last quarter-hour, whose minutes are still on their way."""


def coverage(cells: Iterable[Cell]) -> float | None:
    """The share, 0..1, of the settled open camera-time in which frames flowed; None when there was no such time."""
    settled = [cell for cell in cells if not cell.pending and cell.open_s > 0]
    expected_s = sum(cell.expected_s for cell in settled)
    if not expected_s:
        return None
    return sum(cell.observed_s for cell in settled) / expected_s


def bucket_state(cells: Sequence[Cell]) -> BucketState:
    """The state of the bucket that the cells make up."""
    opened = [cell for cell in cells if cell.open_s > 0]
    if not opened:
        return BucketState.CLOSED
    if any(cell.pending for cell in opened):
        return BucketState.PENDING
    if not any(cell.known for cell in opened) and not any(cell.ins or cell.outs for cell in cells):
        return BucketState.NO_DATA
    return BucketState.VALUE if (coverage(opened) or 0.0) >= ENOUGH else BucketState.PARTIAL


def overdue_s(cells: Iterable[Cell], now: datetime) -> float:
    """Open seconds that are over but may still change, because a camera has not delivered them yet."""
    return sum(cell.open_s for cell in cells if cell.pending and cell.end <= now)


def counted(cells: Sequence[Cell]) -> tuple[int | None, int | None]:
    """Visitors and exits; None, None where nothing is known: an unknown number is never 0.

    Nor is it one when all that was seen are closed hours: of the open ones nothing is known.
    """
    known = [cell for cell in cells if cell.known]
    visitors, exits = sum(cell.ins for cell in known), sum(cell.outs for cell in known)
    if not known or (not visitors and not exits and bucket_state(cells) is BucketState.NO_DATA):
        return None, None
    return visitors, exits
