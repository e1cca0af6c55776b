"""The export process. Only this module and the torch backend import torch and ultralytics.

``python -m edge_worker.weights.exporter ORIGINAL.pt FORMAT FOLDER [CLASS]``
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from edge_worker.detection.class_names import PERSON, class_index, parse_names
from edge_worker.detection.detector import Detector
from edge_worker.detection.preprocessing import input_size
from edge_worker.errors import EdgeError
from edge_worker.weights.export_cache import EXPORT_PATHS, REPORT_FILE
from edge_worker.weights.reference_image import (
    IMAGE_FILE,
    check_export,
    check_people,
    reference_image,
    reference_image_path,
)
from edge_worker.weights.verification import restrict_unpickling

LONGEST_SIDE = 640


def export(original: Path, target: str, folder: Path, class_name: str | None = None) -> None:
    """Export with free input sizes and the NMS-free head, check the result, then move it into the cache.

    The NMS-free head is exported with the class that is counted alone, which saves a fourteenth of the time per frame.
    The export is compared with the original, both in full precision. It must also find the people in the precision that
    this machine uses, unless another class is counted.

    Args:
        original: The ``.pt`` file.
        target: A format of `EXPORT_PATHS`.
        folder: The cache folder of the export.
        class_name: The class that is counted; None for ``person``, or the only class of the model.

    Raises:
        EdgeError: The export differs from the original, or the backend cannot run it.
    """
    restrict_unpickling()
    import ultralytics
    from ultralytics.models import YOLO

    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        weights = Path(scratch) / original.name
        shutil.copyfile(original, weights)
        network: Any = YOLO(str(weights), task="detect")
        nms_free = getattr(network.model.model[-1], "one2one_cv2", None) is not None
        index = class_index(original.stem, parse_names(str(network.names)), class_name)
        if nms_free:
            _keep_class(network.model, index)
        network.export(
            format=target, imgsz=LONGEST_SIDE, dynamic=True, device="cpu", **({"nms": False} if nms_free else {})
        )
        exported = Path(scratch) / EXPORT_PATHS[target].format(name=original.stem)
        image = reference_image()
        report = check_export(
            _load(original, "torch", class_name), _load(exported, target, class_name, full_precision=True), image
        )
        native = _load(exported, target, class_name)
        if class_name in (None, PERSON):
            check_people(native, image)
        report["precision"] = native.precision
        destination = folder / EXPORT_PATHS[target].format(name=original.stem)
        shutil.rmtree(folder, ignore_errors=True)
        destination.parent.mkdir(parents=True)
        for file in exported.parent.iterdir() if target == "openvino" else [exported]:
            shutil.copyfile(file, destination.parent / file.name)
        known_picture = reference_image_path()
        if target == "openvino" and known_picture is not None:
            shutil.copyfile(known_picture, destination.with_name(IMAGE_FILE))
        (folder / REPORT_FILE).write_text(json.dumps({**report, "ultralytics": ultralytics.__version__}, indent=1))


def _keep_class(network: Any, index: int) -> None:
    """Remove all classes but one from an NMS-free head. Its answers for that class stay the same.

    A head that needs non-maximum suppression keeps all: there a box is a person if no other class has a higher score.

    Args:
        network: Ultralytics' module of the whole model, whose last layer is the head.
        index: Number of the class.
    """
    import torch

    head = network.model[-1]
    for branch in (head.cv3, head.one2one_cv3):
        for layers in branch:
            scores = layers[-1]
            scores.weight = torch.nn.Parameter(scores.weight[index : index + 1].detach().clone())
            scores.bias = torch.nn.Parameter(scores.bias[index : index + 1].detach().clone())
            scores.out_channels = 1
    head.no -= head.nc - 1
    head.nc = 1
    network.names = {0: network.names[index]}


def _load(path: Path, target: str, class_name: str | None, *, full_precision: bool = False) -> Detector:
    height, width = reference_image().shape[:2]
    size = input_size((height, width), LONGEST_SIDE)
    if target == "torch":
        from edge_worker.detection.torch_detector import TorchDetector

        return TorchDetector(path, path.stem, size, class_name=class_name)
    if target == "onnx":
        from edge_worker.detection.onnx_detector import OnnxDetector

        return OnnxDetector(path, path.stem, size, class_name=class_name)
    from edge_worker.detection.openvino_detector import OpenVinoDetector

    return OpenVinoDetector(path, path.stem, size, full_precision=full_precision, class_name=class_name)


if __name__ == "__main__":
    try:
        export(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), *sys.argv[4:5])
    except (EdgeError, OSError) as error:
        sys.exit(str(error))
