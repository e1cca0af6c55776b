"""The LiteRT (TensorFlow Lite) backend: int8 models for small boards."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from edge_worker.cores import available_cores
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.detection.postprocessing import detections_from_output
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image


class LiteRtDetector(LocalDetector):
    """Runs a ``.tflite`` file, whose input size is fixed, one frame at a time on all cores.

    Args:
        path: The model file.
        model: Name of the model.
        threads: Cores that inference may use; None for all that this process may use.

    Raises:
        BackendError: LiteRT cannot load the model, or its input is not an image.
    """

    backend = Backend.LITERT
    device = "cpu"
    workers = 1

    def __init__(self, path: Path, model: str, threads: int | None = None) -> None:
        self.model = model
        try:
            cores = threads or available_cores()
            self._interpreter = Interpreter(str(path), num_threads=cores)
            self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise BackendError(f"LiteRT cannot run {path.name}: {error}") from error
        self._input = self._interpreter.get_input_details()[0]
        self._output = self._interpreter.get_output_details()[0]
        types = {np.dtype(tensor["dtype"]) for tensor in self._interpreter.get_tensor_details()}
        self.precision = "int8" if np.dtype(np.int8) in types else "f32"
        shape = [int(side) for side in self._input["shape"]]
        if len(shape) != 4 or shape[3] != 3 or self._input["dtype"] != np.float32:
            raise BackendError(
                f"the input of {path.name} has the shape {shape}, not 1 × height × width × 3 floats: export it again"
            )
        self.input_size = (shape[1], shape[2])
        self._lock = threading.Lock()

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        letterbox = Letterbox.fit((image.shape[0], image.shape[1]), self.input_size)
        return self.detect_input(letterbox.apply(image), letterbox)

    def detect_input(self, model_input: Image, letterbox: Letterbox) -> Detections:
        """Return the people in a frame that has been scaled to the input of the model."""
        input_array = np.ascontiguousarray(model_input[..., ::-1], np.float32)
        input_array *= np.float32(1 / 255)
        with self._lock:
            self._interpreter.set_tensor(self._input["index"], input_array)
            self._interpreter.invoke()
            output = self._interpreter.get_tensor(self._output["index"])
        return detections_from_output(np.asarray(output, np.float32), letterbox)
