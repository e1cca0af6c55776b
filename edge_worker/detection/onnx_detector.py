"""ONNX Runtime."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnxruntime

from edge_worker.detection.detections import Detections
from edge_worker.detection.letterbox import Letterbox
from edge_worker.detection.persons import persons
from edge_worker.detection.planes import as_planes
from edge_worker.detection.port import Backend
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image


class OnnxDetector:
    """Runs an ``.onnx`` file, one frame at a time on all cores."""

    backend = Backend.ONNX
    workers = 1
    precision = "f32"

    def __init__(self, path: Path, model: str, input_size: tuple[int, int], threads: int | None = None) -> None:
        """``input_size`` is (height, width).

        Raises:
            BackendError: ONNX Runtime cannot load the model.
        """
        self.model = model
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or len(os.sched_getaffinity(0))
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise BackendError(f"ONNX Runtime cannot run {path.name}: {error}") from error
        entry = self._session.get_inputs()[0]
        self._name = entry.name
        fixed = [side for side in entry.shape[2:] if isinstance(side, int)]
        self.input_size = (fixed[0], fixed[1]) if len(fixed) == 2 else input_size

    def detect(self, image: Image) -> Detections:
        """The people in a frame."""
        letterbox = Letterbox.between((image.shape[0], image.shape[1]), self.input_size)
        (output,) = self._session.run(None, {self._name: as_planes(letterbox.fill(image))})[:1]
        return persons(np.asarray(output, np.float32), letterbox)
