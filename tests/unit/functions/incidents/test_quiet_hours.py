"""An hour in which nobody crossed is a fault where crossings are usual."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from functions.incidents.quiet_hours import find_quiet_hour

START = datetime(2026, 11, 25, 17, 15, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.mark.parametrize(
    ("crossings", "usual", "is_fault"),
    [
        (0, [10, 10, 10, 10], True),
        (0, [9, 9, 9, 40], False),
        (0, [0, 20, 30, 20], True),
        (1, [90, 90, 90, 90], False),
        (0, [90, 90, 90], True),
        (0, [90, 90], False),
        (0, [], False),
    ],
)
def test_an_hour_is_quiet_when_the_weeks_before_were_busy(crossings: int, usual: list[int], is_fault: bool) -> None:
    assert (find_quiet_hour(crossings, usual, START) is not None) == is_fault


def test_the_sentence_has_the_time_of_the_store() -> None:
    fault = find_quiet_hour(0, [11, 30, 12, 14], START)
    assert fault is not None
    assert fault.detail == "Nobody crossed the line from 17:15 on for an hour; 13 crossings are usual then."
    assert fault.since == START
