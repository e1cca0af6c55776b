"""Hundreds of simulated pairs who meet on the line: what exchanged identities cost with the rule, and without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_worker.counting.parameters import CounterParameters
from tests.unit.edge_worker.counting.meetings import Outcome, score_meetings

PAIRS = 200
WITHOUT_RULE = replace(CounterParameters(), exchange_window_s=0.0)
RATES = (pytest.param(25.0, marks=pytest.mark.slow), 12.5, 25 / 3)


@pytest.mark.parametrize("fps", RATES)
def test_two_who_pass_each_other_with_their_own_identities_are_two_crossings(fps: float) -> None:
    tally = score_meetings(Outcome.PASS, PAIRS, fps=fps)
    assert tally.true == 2 * PAIRS
    assert tally.wrong <= 0.01 * tally.true


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("outcome", [Outcome.EXCHANGE, Outcome.NEW_TRACK])
def test_two_who_exchange_their_identities_are_two_crossings_most_of_the_time(outcome: Outcome, fps: float) -> None:
    tally = score_meetings(outcome, PAIRS, fps=fps)
    without = score_meetings(outcome, PAIRS, fps=fps, parameters=WITHOUT_RULE)
    assert tally.wrong < 0.5 * without.wrong


@pytest.mark.parametrize("fps", RATES)
def test_two_who_meet_and_turn_back_are_not_counted(fps: float) -> None:
    assert score_meetings(Outcome.TURN_BACK, PAIRS, fps=fps).wrong <= 0.01 * 2 * PAIRS
