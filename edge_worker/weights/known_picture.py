"""Does a model see what it should on a picture of which one knows who is in it?

A wrongly quantised or exported model does not fail: it sees nobody, and the shop has no visitors.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import cv2
import numpy as np

from edge_worker.detection.detections import Detections
from edge_worker.detection.port import Detector
from edge_worker.errors import ModelError
from edge_worker.tracking.association import iou_matrix
from edge_worker.video.frame import Image

SURE_SCORE = 0.5
SAME_IOU = 0.9
SAME_SCORE = 0.1
PEOPLE = np.array([[48, 399, 245, 903], [222, 406, 344, 858], [669, 392, 810, 877]], np.float64)
"""The three people who stand free in bus.jpg (810 × 1080), as (x1, y1, x2, y2)."""
FOUND_IOU = 0.7
"""A rougher model's boxes may be this far off."""


def known_picture() -> Image:
    """The picture of people that the ultralytics package ships.

    Raises:
        ModelError: ultralytics is not installed.
    """
    found = known_picture_path()
    picture = None if found is None else cv2.imread(str(found))
    if picture is None:
        raise ModelError('there is no picture to check the model on: pip install "metrica[torch]" brings it')
    return np.asarray(picture, np.uint8)


def known_picture_path() -> Path | None:
    """Where the picture is, found without importing ultralytics (and with it torch); None if not installed."""
    spec = importlib.util.find_spec("ultralytics")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "assets" / "bus.jpg"
    return path if path.is_file() else None


def compare(original: Detector, exported: Detector, picture: Image) -> dict[str, object]:
    """Checks that an export sees everybody whom the original is sure of, in the same place with the same confidence.

    Raises:
        ModelError: it does not.
    """
    before, after = original.detect(picture), exported.detect(picture)
    sure = Detections(before.boxes[before.scores >= SURE_SCORE], before.scores[before.scores >= SURE_SCORE])
    if not len(sure):
        raise ModelError(f"{original.model} is sure of nobody on the known picture: these are no weights for people")
    if not len(after):
        raise ModelError(f"the export of {original.model} sees nobody on the known picture")
    overlap = iou_matrix(sure.boxes.astype(np.float64), after.boxes.astype(np.float64))
    best = overlap.argmax(axis=1)
    drift = float(np.abs(sure.scores - after.scores[best]).max())
    worst = float(overlap.max(axis=1).min())
    if worst < SAME_IOU or drift > SAME_SCORE:
        raise ModelError(
            f"the export of {original.model} differs from the original on the known picture: least overlap {worst:.2f} "
            f"(at least {SAME_IOU}), largest difference in confidence {drift:.2f} (at most {SAME_SCORE})"
        )
    return {"people": len(sure), "least_overlap": round(worst, 4), "largest_score_difference": round(drift, 4)}


def sees_people(detector: Detector, picture: Image) -> None:
    """Checks that a model finds the three people who stand free in the known picture.

    Raises:
        ModelError: it does not.
    """
    found = detector.detect(picture)
    sure = found.boxes[found.scores >= SURE_SCORE].astype(np.float64)
    seen = int((iou_matrix(PEOPLE, sure).max(axis=1) >= FOUND_IOU).sum()) if len(sure) else 0
    if seen < len(PEOPLE):
        raise ModelError(
            f"{detector.model} ({detector.backend}) finds {seen} of {len(PEOPLE)} people on the known picture: the "
            f"model is damaged or wrongly quantised; export it again from the original (metrica-edge export)"
        )
