"""PyTorch: the original weights, on CUDA where there is one. Slow on a CPU, and the yardstick for exports."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ultralytics.models import YOLO

from edge_worker.detection.detections import Detections
from edge_worker.detection.letterbox import Letterbox
from edge_worker.detection.persons import persons
from edge_worker.detection.planes import as_planes
from edge_worker.detection.port import Backend
from edge_worker.errors import ModelError
from edge_worker.video.frame import Image


class TorchDetector:
    """Runs Ultralytics' ``.pt`` weights, with the NMS-free head where the model has one."""

    backend = Backend.TORCH
    workers = 1
    precision = "f32"

    def __init__(self, path: Path, model: str, input_size: tuple[int, int], threads: int | None = None) -> None:
        """``input_size`` is (height, width).

        Raises:
            ModelError: the file holds no detector.
        """
        self.model = model
        self.input_size = input_size
        torch.set_num_threads(threads or len(os.sched_getaffinity(0)))
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        try:
            network: Any = YOLO(str(path), task="detect").model
        except Exception as error:
            raise ModelError(f"{path.name} holds no YOLO detector: {error}") from error
        if hasattr(network, "end2end"):
            network.end2end = getattr(network.model[-1], "one2one_cv2", None) is not None
        self._network = network.float().eval().fuse(verbose=False).to(self._device)
        self._turn = threading.Lock()

    def detect(self, image: Image) -> Detections:
        """The people in a frame."""
        letterbox = Letterbox.between((image.shape[0], image.shape[1]), self.input_size)
        planes = torch.from_numpy(as_planes(letterbox.fill(image))).to(self._device)
        with self._turn, torch.inference_mode():
            output = self._network(planes)
        raw = output[0] if isinstance(output, (tuple, list)) else output
        return persons(np.asarray(raw.cpu().numpy(), np.float32), letterbox)
