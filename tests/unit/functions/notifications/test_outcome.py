"""When a delivery is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from functions.notifications.outcome import MAX_ATTEMPTS, MAX_DELAY, Outcome, OutcomeKind, next_attempt

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DOWN = Outcome(OutcomeKind.TEMPORARY, "down")


@pytest.mark.parametrize("kind", [OutcomeKind.DELIVERED, OutcomeKind.PERMANENT, OutcomeKind.GONE])
def test_a_final_outcome_is_not_repeated(kind: OutcomeKind) -> None:
    assert next_attempt(Outcome(kind, ""), 1, NOW, 1.0) is None


@pytest.mark.parametrize("kind", [OutcomeKind.TEMPORARY, OutcomeKind.UNKNOWN])
def test_the_delay_triples_up_to_six_hours_and_the_last_attempt_is_a_day_after_the_first(kind: OutcomeKind) -> None:
    delays = [next_attempt(Outcome(kind, ""), attempts, NOW, 1.0) for attempts in range(1, MAX_ATTEMPTS + 1)]
    minutes = [None if at is None else (at - NOW) / timedelta(minutes=1) for at in delays]
    assert minutes == [1, 3, 9, 27, 81, 243, 360, 360, 360, None]
    assert sum(filter(None, minutes)) / 60 == pytest.approx(24.1, abs=0.1)


def test_half_of_the_delay_is_at_random() -> None:
    assert [next_attempt(DOWN, 3, NOW, spread) for spread in (0.0, 1.0)] == [
        NOW + timedelta(minutes=4.5),
        NOW + timedelta(minutes=9),
    ]


def test_a_receiver_may_ask_to_wait_longer_but_not_for_ever() -> None:
    for asked, waits in ((timedelta(minutes=20), timedelta(minutes=20)), (timedelta(days=9), MAX_DELAY)):
        assert next_attempt(Outcome(OutcomeKind.TEMPORARY, "", asked), 1, NOW, 1.0) == NOW + waits
