"""The loaded models of the detector process: one per model, backend and input size, whatever the number of sources."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

import numpy as np

from edge_worker.detection.detector import ModelDetector
from edge_worker.detection.preprocessing import PADDING_GREY, Letterbox
from edge_worker.detector_process.messages import SourceRequest

LoadModel = Callable[[SourceRequest], tuple[ModelDetector, str]]
"""Loads the model for a source and returns it with one line about it for the log."""
KEPT_UNUSED = 2
"""Models that no source uses are kept up to this number, the newest ones, for a worker that comes back.

Each needs about 60 MB. A new line, another size of the frames and the search for a region each ask for another one.
"""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model that is ready to run.

    Attributes:
        detector: The model.
        description: One line about it for the log.
        inference_s: How long it took for an empty frame, in seconds.
    """

    detector: ModelDetector
    description: str
    inference_s: float


class ModelCache:
    """Loads models and keeps them while sources use them. Safe for use by several threads, which wait for each other.

    Args:
        load: Loads a model.
        key: Returns what two sources must have in common to use the same model.
    """

    def __init__(self, load: LoadModel, key: Callable[[SourceRequest], object]) -> None:
        self._load = load
        self._key = key
        self._models: dict[object, LoadedModel] = {}  # those that no source uses come in the order of their last use
        self._users: Counter[object] = Counter()
        self._loading = threading.Lock()
        self._waiting = 0
        self._waiting_lock = threading.Lock()

    @property
    def is_loading(self) -> bool:
        """Return whether a model is being loaded now."""
        return self._waiting > 0

    @property
    def models(self) -> list[LoadedModel]:
        """Return the loaded models."""
        return list(self._models.values())

    @contextmanager
    def lend(self, request: SourceRequest) -> Iterator[LoadedModel]:
        """Return the model for a source, loaded and warmed up, for as long as the source uses it.

        Raises:
            EdgeError: It cannot be loaded.
        """
        key = self._key(request)
        with self._counted(), self._loading:
            if key not in self._models:
                detector, description = self._load(request)
                self._models[key] = LoadedModel(detector, description, _warm_up(detector))
            loaded = self._models[key]
            self._users[key] += 1
        try:
            yield loaded
        finally:
            with self._loading:
                self._take_back(key)

    def _take_back(self, key: object) -> None:
        """Note that one source less uses a model, and forget the oldest one of those that no source uses."""
        self._users[key] -= 1
        if self._users[key]:
            return
        del self._users[key]
        self._models[key] = self._models.pop(key)
        unused = [other for other in self._models if other not in self._users]
        for oldest in unused[:-KEPT_UNUSED]:
            del self._models[oldest]

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._waiting_lock:
            self._waiting += 1
        try:
            yield
        finally:
            with self._waiting_lock:
                self._waiting -= 1


def _warm_up(detector: ModelDetector) -> float:
    """Run the model on an empty frame and return how long that took, in seconds."""
    letterbox = Letterbox.fit(detector.input_size, detector.input_size)
    empty = np.full((1, *detector.input_size, 3), PADDING_GREY, np.uint8)
    began_at = monotonic()
    detector.detect_input(empty, letterbox)
    return monotonic() - began_at
