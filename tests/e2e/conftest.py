"""What the tests of the whole product share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.signed_in import SignedInDashboard
from local.stack.stack import Stack
from screenshots.showcase import write_showcase
from screenshots.stores import State


@pytest.fixture(scope="session")
def dashboard(stack: Stack) -> Iterator[SignedInDashboard]:
    """The pages of an owner with five stores."""
    with write_showcase(stack, frozenset({State.FULL})) as showcase:
        yield SignedInDashboard.of(showcase)
