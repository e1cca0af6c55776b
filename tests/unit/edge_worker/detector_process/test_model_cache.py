"""The detector process keeps the models that sources use, and a few others."""

from __future__ import annotations

from contextlib import ExitStack
from typing import cast

import pytest

from edge_worker.detection.detector import Detections, ModelDetector
from edge_worker.detector_process.messages import SourceRequest
from edge_worker.detector_process.model_cache import KEPT_UNUSED, ModelCache
from edge_worker.errors import BackendError


class EmptyModel:
    """A model with an input of 32 × 32 pixels that finds nobody."""

    input_size = (32, 32)

    def detect_input(self, *_: object) -> Detections:
        return Detections.none()


@pytest.fixture
def loaded() -> list[str]:
    """The names of the models that were loaded, in order."""
    return []


@pytest.fixture
def models(loaded: list[str]) -> ModelCache:
    def load(request: SourceRequest) -> tuple[ModelDetector, str]:
        if request.name == "broken":
            raise BackendError("there is no memory for another model")
        loaded.append(request.name)
        return cast("ModelDetector", EmptyModel()), request.name

    return ModelCache(load, lambda request: request.name)


def source(name: str) -> SourceRequest:
    return SourceRequest(name, (480, 640), None, "auto")


def known(models: ModelCache) -> list[str]:
    return [model.description for model in models.models]


def test_sources_with_the_same_key_share_a_model(models: ModelCache, loaded: list[str]) -> None:
    with models.lend(source("a")) as first, models.lend(source("a")) as second:
        assert first is second
    assert loaded == ["a"]


def test_a_worker_that_comes_back_finds_its_model(models: ModelCache, loaded: list[str]) -> None:
    for _ in range(2):
        with models.lend(source("a")):
            pass
    assert loaded == ["a"]


def test_of_the_models_that_no_source_uses_only_the_newest_are_kept(models: ModelCache, loaded: list[str]) -> None:
    with models.lend(source("used")):
        for name in "abcde":
            with models.lend(source(name)):
                pass
        assert known(models) == ["used", "d", "e"]
        with models.lend(source("d")):
            pass
        with models.lend(source("f")):
            pass
        assert known(models) == ["used", "d", "f"]
    assert KEPT_UNUSED == 2
    assert known(models) == ["f", "used"]
    assert loaded == ["used", *"abcdef"]


def test_a_model_stays_while_one_of_its_sources_uses_it(models: ModelCache) -> None:
    with ExitStack() as sources:
        sources.enter_context(models.lend(source("a")))
        with models.lend(source("a")):
            pass
        for name in "bcd":
            with models.lend(source(name)):
                pass
        assert known(models) == ["a", "c", "d"]


def test_a_model_that_cannot_be_loaded_is_not_used_by_anybody(models: ModelCache) -> None:
    with pytest.raises(BackendError, match="no memory"), models.lend(source("broken")):
        pass
    assert known(models) == []
    with models.lend(source("a")):
        assert known(models) == ["a"]
