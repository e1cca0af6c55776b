"""The ONNX Runtime backend."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from edge_worker.cores import available_cores
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.detection.postprocessing import detections_from_output
from edge_worker.detection.preprocessing import Letterbox, to_planes
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image


class OnnxDetector(LocalDetector):
    """Runs an ``.onnx`` file, one frame at a time on all cores.

    Args:
        path: The model file.
        model: Name of the model.
        input_size: (height, width) of the input, unless the model has a fixed one.
        threads: Cores that inference may use; None for all that this process may use.

    Raises:
        BackendError: ONNX Runtime cannot load the model.
    """

    backend = Backend.ONNX
    device = "cpu"
    workers = 1
    precision = "f32"

    def __init__(self, path: Path, model: str, input_size: tuple[int, int], threads: int | None = None) -> None:
        self.model = model
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or available_cores()
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise BackendError(f"ONNX Runtime cannot run {path.name}: {error}") from error
        model_input = self._session.get_inputs()[0]
        self._input_name = model_input.name
        fixed = [side for side in model_input.shape[2:] if isinstance(side, int)]
        self.input_size = (fixed[0], fixed[1]) if len(fixed) == 2 else input_size

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        letterbox = Letterbox.fit((image.shape[0], image.shape[1]), self.input_size)
        return self.detect_input(letterbox.apply(image), letterbox)

    def detect_input(self, model_input: Image, letterbox: Letterbox) -> Detections:
        """Return the people in a frame that has been scaled to the input of the model."""
        (output,) = self._session.run(None, {self._input_name: to_planes(model_input)})[:1]
        return detections_from_output(np.asarray(output, np.float32), letterbox)
