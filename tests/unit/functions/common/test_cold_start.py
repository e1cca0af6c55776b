"""The garbage collector of a Lambda."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from functions.common.cold_start import OBJECTS_PER_COLLECTION, without_collector


@pytest.fixture
def _collector() -> Iterator[None]:
    """Leave the collector of the test process as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_collector")
def test_after_the_start_the_collector_runs_rarely_and_leaves_out_what_the_start_allocated() -> None:
    collections: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        collections.append(phase)

    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    gc.callbacks.append(note)
    try:
        few = [[] for _ in range(OBJECTS_PER_COLLECTION // 2)]  # type: ignore[var-annotated]
        assert collections == []
        many = [[] for _ in range(2 * OBJECTS_PER_COLLECTION)]  # type: ignore[var-annotated]
        assert collections
    finally:
        gc.callbacks.remove(note)
    assert len(few) < len(many)
