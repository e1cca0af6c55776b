"""The last line of the demo, and the check of its numbers."""

from __future__ import annotations

import pytest

from local.demo.database import StoredTotals, check_totals, summary_line
from local.demo.worker import WorkerCounts
from local.errors import TotalsMismatchError

COUNTS = WorkerCounts(ins=5, outs=3, frames=900)


def test_the_last_line_has_its_five_numbers() -> None:
    assert summary_line(COUNTS, StoredTotals(8, 8)) == "demo: crossings=8 in=5 out=3 stored=8 hourly=8"


def test_equal_numbers_pass() -> None:
    check_totals(COUNTS, StoredTotals(8, 8), unsent=0)


@pytest.mark.parametrize("totals", [StoredTotals(7, 7), StoredTotals(9, 9), StoredTotals(8, 7)])
def test_lost_or_doubled_crossings_are_reported(totals: StoredTotals) -> None:
    with pytest.raises(TotalsMismatchError, match=f"counted 8 crossings, {totals.stored} are stored"):
        check_totals(COUNTS, totals, unsent=0)


def test_unsent_crossings_are_reported() -> None:
    with pytest.raises(TotalsMismatchError, match="2 are still in the outbox"):
        check_totals(COUNTS, StoredTotals(6, 6), unsent=2)
