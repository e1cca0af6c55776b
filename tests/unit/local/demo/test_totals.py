"""The last line, and whether it agrees with itself."""

from __future__ import annotations

import pytest

from local.demo.errors import DisagreementError
from local.demo.totals import Totals, check_agreement, last_line
from local.demo.worker import Counted

COUNTED = Counted(ins=5, outs=3, frames=900)


def test_the_last_line_has_its_five_numbers() -> None:
    assert last_line(COUNTED, Totals(8, 8)) == "demo: crossings=8 in=5 out=3 stored=8 hourly=8"


def test_equal_numbers_agree() -> None:
    check_agreement(COUNTED, Totals(8, 8), waiting=0)


@pytest.mark.parametrize("totals", [Totals(7, 7), Totals(9, 9), Totals(8, 7)])
def test_what_was_lost_or_doubled_is_said(totals: Totals) -> None:
    with pytest.raises(DisagreementError, match=f"counted 8 crossings, {totals.stored} are stored"):
        check_agreement(COUNTED, totals, waiting=0)


def test_what_still_waits_is_said() -> None:
    with pytest.raises(DisagreementError, match="2 wait in the outbox"):
        check_agreement(COUNTED, Totals(6, 6), waiting=2)
