"""The process that exports: the only place beside the torch backend that imports torch and ultralytics.

``python -m edge_worker.weights.exporter ORIGINAL.pt FORMAT FOLDER``
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from edge_worker.detection.letterbox import input_size
from edge_worker.detection.port import Detector
from edge_worker.errors import EdgeError
from edge_worker.weights.known_picture import compare, known_picture, sees_people
from edge_worker.weights.prepare import FORMATS, RECORD

LONGEST = 640


def export(original: Path, target: str, folder: Path) -> None:
    """Exports with free input sizes and the NMS-free head, checks it, then puts it in place.

    The export is compared with the original, both in full precision; and it has to see people in the precision that
    this machine will use.
    """
    import ultralytics
    from ultralytics.models import YOLO

    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        weights = Path(scratch) / original.name
        shutil.copyfile(original, weights)
        network: Any = YOLO(str(weights), task="detect")
        nms_free = getattr(network.model.model[-1], "one2one_cv2", None) is not None
        network.export(format=target, imgsz=LONGEST, dynamic=True, device="cpu", **({"nms": False} if nms_free else {}))
        made = Path(scratch) / FORMATS[target].format(name=original.stem)
        picture = known_picture()
        report = compare(_detector(original, "torch"), _detector(made, target, full_precision=True), picture)
        native = _detector(made, target)
        sees_people(native, picture)
        report["precision"] = native.precision
        place = folder / FORMATS[target].format(name=original.stem)
        shutil.rmtree(folder, ignore_errors=True)
        place.parent.mkdir(parents=True)
        for part in made.parent.iterdir() if target == "openvino" else [made]:
            shutil.copyfile(part, place.parent / part.name)
        (folder / RECORD).write_text(json.dumps({**report, "ultralytics": ultralytics.__version__}, indent=1))


def _detector(path: Path, target: str, *, full_precision: bool = False) -> Detector:
    size = input_size((known_picture().shape[0], known_picture().shape[1]), LONGEST)
    if target == "torch":
        from edge_worker.detection.torch_detector import TorchDetector

        return TorchDetector(path, path.stem, size)
    if target == "onnx":
        from edge_worker.detection.onnx_detector import OnnxDetector

        return OnnxDetector(path, path.stem, size)
    from edge_worker.detection.openvino_detector import OpenVinoDetector

    return OpenVinoDetector(path, path.stem, size, full_precision=full_precision)


if __name__ == "__main__":
    try:
        export(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    except (EdgeError, OSError) as error:
        sys.exit(str(error))
