"""The interface of the inference backends and the detections that they return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from edge_worker.video.frame import Image

if TYPE_CHECKING:
    from edge_worker.detection.preprocessing import Letterbox

Floats = npt.NDArray[np.float32]


class Backend(StrEnum):
    """The inference backends. ``auto`` selects the fastest one that is installed and can run the model.

    ``motion`` runs no model: it takes moving bodies for people, for views from straight above.
    """

    AUTO = "auto"
    OPENVINO = "openvino"
    ONNX = "onnx"
    LITERT = "litert"
    TORCH = "torch"
    MOTION = "motion"


@dataclass(frozen=True, slots=True)
class Detections:
    """The people in one frame.

    Attributes:
        boxes: n × 4, as (x1, y1, x2, y2) in pixels, inside the frame, with x1 < x2 and y1 < y2.
        scores: n confidences, each in 0..1.
    """

    boxes: Floats
    scores: Floats

    @classmethod
    def none(cls) -> Detections:
        """Return empty detections."""
        return cls(np.empty((0, 4), np.float32), np.empty(0, np.float32))

    def __len__(self) -> int:
        return len(self.scores)


class DetectorClosedError(Exception):
    """`Detector.close` was called while a call waited; the frame has no result."""


class Detector(Protocol):
    """Finds the people in a frame."""

    @property
    def backend(self) -> Backend:
        """Return the inference backend."""

    @property
    def model(self) -> str:
        """Return the name of the model, such as ``yolo26n``."""

    @property
    def input_size(self) -> tuple[int, int]:
        """Return (height, width) of the model's input, in pixels."""

    @property
    def workers(self) -> int:
        """Return the number of threads that have to call `detect` at once to keep the processor busy."""

    @property
    def device(self) -> str:
        """Return the kind of processor that runs the model, such as ``cpu`` or ``cuda``."""

    @property
    def precision(self) -> str:
        """Return the number format of the computation, such as ``f32``, ``bf16`` or ``int8``."""

    @property
    def is_remote(self) -> bool:
        """Return whether another process runs the model, which is started again when it fails or hangs."""

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame of any size. May be called from several threads.

        Raises:
            DetectorClosedError: `close` was called.
            BackendError: The engine failed.
        """

    def close(self) -> None:
        """End the calls that wait; may be called from any thread."""


class LocalDetector:
    """Base class of the detectors that run in the process that calls them."""

    is_remote = False

    def close(self) -> None:
        """Do nothing: a call cannot be ended before the engine returns."""


class ModelDetector(Detector, Protocol):
    """A detector that runs a model, so its input can be made in another process."""

    def detect_input(self, model_input: Image, letterbox: Letterbox) -> Detections:
        """Return the people in a frame that has been scaled to the input of the model.

        May be called from several threads.

        Args:
            model_input: The result of `Letterbox.apply`: 1 × height × width × 3, BGR, 8 bits.
            letterbox: The placement of the frame in the input.
        """
