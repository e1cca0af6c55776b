"""The PyTorch backend: the original weights, on CUDA if available; the reference for exports."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import torch

from edge_worker.cores import available_cores
from edge_worker.detection.class_names import class_index, parse_names
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.detection.device import Device
from edge_worker.detection.postprocessing import detections_from_output
from edge_worker.detection.preprocessing import Letterbox, to_planes
from edge_worker.errors import ModelError
from edge_worker.video.frame import Image
from edge_worker.weights.verification import restrict_unpickling


class TorchDetector(LocalDetector):
    """Runs Ultralytics' ``.pt`` weights, with the NMS-free head if the model has one.

    Args:
        path: The weights.
        model: Name of the model.
        input_size: (height, width) of the input.
        threads: Cores that inference may use; None for all that this process may use.
        class_name: The class that is counted; None for ``person``, or the only class of the model.
        device: ``cpu`` to leave CUDA unused.

    Raises:
        ModelError: The file is not a detector, or it does not have the class.
    """

    backend = Backend.TORCH
    workers = 1
    precision = "f32"

    def __init__(
        self,
        path: Path,
        model: str,
        input_size: tuple[int, int],
        threads: int | None = None,
        class_name: str | None = None,
        *,
        device: Device = Device.AUTO,
    ) -> None:
        restrict_unpickling()
        from ultralytics.models import YOLO

        self.model = model
        self.input_size = input_size
        torch.set_num_threads(threads or available_cores())
        self.device = "cuda" if device is not Device.CPU and torch.cuda.is_available() else "cpu"
        try:
            network: Any = YOLO(str(path), task="detect").model
        except Exception as error:
            raise ModelError(f"{path.name} is not a YOLO detector: {error}") from error
        self._class_index = class_index(model, parse_names(str(network.names)), class_name)
        if hasattr(network, "end2end"):
            network.end2end = getattr(network.model[-1], "one2one_cv2", None) is not None
        self._network = network.float().eval().fuse(verbose=False).to(self.device)
        self._lock = threading.Lock()

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        letterbox = Letterbox.fit((image.shape[0], image.shape[1]), self.input_size)
        return self.detect_input(letterbox.apply(image), letterbox)

    def detect_input(self, model_input: Image, letterbox: Letterbox) -> Detections:
        """Return the people in a frame that has been scaled to the input of the model."""
        planes = torch.from_numpy(to_planes(model_input)).to(self.device)
        with self._lock, torch.inference_mode():
            output = self._network(planes)
        raw = output[0] if isinstance(output, (tuple, list)) else output
        return detections_from_output(
            np.asarray(raw.cpu().numpy(), np.float32), letterbox, class_index=self._class_index
        )
