"""The port behind which inference engines stand."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from edge_worker.detection.detections import Detections
from edge_worker.video.frame import Image


class Backend(StrEnum):
    """The engines, and ``auto``: the fastest that is installed and can run the model at hand."""

    AUTO = "auto"
    OPENVINO = "openvino"
    ONNX = "onnx"
    LITERT = "litert"
    TORCH = "torch"


class Detector(Protocol):
    """Finds the people in a frame.

    Attributes:
        backend: The engine.
        model: Name of the model, such as ``yolo26n``.
        input_size: (height, width) of what the model sees, in pixels.
        workers: How many threads may call `detect` at once; more would only wait.
        precision: What the engine computes in, such as ``f32``, ``bf16`` or ``int8``.
    """

    @property
    def backend(self) -> Backend: ...
    @property
    def model(self) -> str: ...
    @property
    def input_size(self) -> tuple[int, int]: ...
    @property
    def workers(self) -> int: ...
    @property
    def precision(self) -> str: ...

    def detect(self, image: Image) -> Detections:
        """The people in a frame of any size; may be called from several threads."""
        ...
