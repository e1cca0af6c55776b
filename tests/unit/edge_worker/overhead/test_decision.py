"""When a camera is taken for one that looks from straight above, and when no longer."""

from __future__ import annotations

import pytest

from edge_worker.overhead.decision import PassageResult, ViewDecision
from edge_worker.overhead.parameters import DecisionParameters

SEEN = PassageResult(plain=True, turned=None)
ONLY_TURNED = PassageResult(plain=False, turned=True)
NOBODY = PassageResult(plain=False, turned=False)
PARAMETERS = DecisionParameters()


def after(results: list[PassageResult], *, is_above: bool = False, step_s: float = 60.0) -> bool:
    """What is decided after these passages."""
    decision = ViewDecision(PARAMETERS, is_above=is_above)
    for number, result in enumerate(results):
        decision.add(number * step_s, result)
    return decision.is_above


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([ONLY_TURNED] * PARAMETERS.min_passages, True),
        ([ONLY_TURNED] * (PARAMETERS.min_passages - 1), False),
        ([ONLY_TURNED, NOBODY] * 4, True),
        ([ONLY_TURNED, NOBODY, NOBODY] * 4, False),
        ([NOBODY] * 20, False),
        ([SEEN] * 20, False),
        ([ONLY_TURNED, SEEN] * 10, False),
        ([ONLY_TURNED, ONLY_TURNED, ONLY_TURNED, SEEN] * 3, True),
    ],
)
def test_people_must_be_found_only_in_turned_pictures_again_and_again(
    results: list[PassageResult], expected: bool
) -> None:
    assert after(results) is expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([SEEN] * PARAMETERS.min_passages, False),
        ([SEEN] * (PARAMETERS.min_passages - 1), True),
        ([ONLY_TURNED] * 20, True),
        ([NOBODY] * 20, True),
        ([SEEN, ONLY_TURNED] * 10, True),
    ],
)
def test_the_view_stays_until_the_picture_as_it_is_shows_nearly_everybody(
    results: list[PassageResult], expected: bool
) -> None:
    assert after(results, is_above=True) is expected


def test_passages_are_forgotten_after_a_day() -> None:
    step_s = PARAMETERS.memory_s / (PARAMETERS.min_passages - 2)
    assert not after([ONLY_TURNED] * 20, step_s=step_s)


def test_a_change_says_what_was_found_and_begins_anew() -> None:
    decision = ViewDecision(PARAMETERS)
    changes = [decision.add(float(t), result) for t, result in enumerate([SEEN, *[ONLY_TURNED] * 5])]
    assert changes[:-1] == [None] * 5
    change = changes[-1]
    assert change is not None
    assert (change.is_above, change.found, change.passages) == (True, 5, 6)
    assert [decision.add(float(t), SEEN) for t in range(6, 11)] == [None] * 5
