"""LiteRT (TensorFlow Lite): int8 models for small boards."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from edge_worker.detection.detections import Detections
from edge_worker.detection.letterbox import Letterbox
from edge_worker.detection.persons import persons
from edge_worker.detection.port import Backend
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image


class LiteRtDetector:
    """Runs a ``.tflite`` file, whose input size is fixed, one frame at a time on all cores."""

    backend = Backend.LITERT
    workers = 1

    def __init__(self, path: Path, model: str, threads: int | None = None) -> None:
        """Raises:
        BackendError: LiteRT cannot load the model, or its input is no picture.
        """
        self.model = model
        try:
            cores = threads or len(os.sched_getaffinity(0))
            self._interpreter = Interpreter(str(path), num_threads=cores)
            self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise BackendError(f"LiteRT cannot run {path.name}: {error}") from error
        self._input = self._interpreter.get_input_details()[0]
        self._output = self._interpreter.get_output_details()[0]
        kinds = {np.dtype(tensor["dtype"]) for tensor in self._interpreter.get_tensor_details()}
        self.precision = "int8" if np.dtype(np.int8) in kinds else "f32"
        shape = [int(side) for side in self._input["shape"]]
        if len(shape) != 4 or shape[3] != 3 or self._input["dtype"] != np.float32:
            raise BackendError(f"{path.name} takes {shape} as its input, not 1 × height × width × 3 floats")
        self.input_size = (shape[1], shape[2])
        self._turn = threading.Lock()

    def detect(self, image: Image) -> Detections:
        """The people in a frame."""
        letterbox = Letterbox.between((image.shape[0], image.shape[1]), self.input_size)
        picture = np.ascontiguousarray(letterbox.fill(image)[..., ::-1], np.float32)
        picture *= np.float32(1 / 255)
        with self._turn:
            self._interpreter.set_tensor(self._input["index"], picture)
            self._interpreter.invoke()
            output = self._interpreter.get_tensor(self._output["index"])
        return persons(np.asarray(output, np.float32), letterbox)
