"""Checks of a model on a reference image with known people.

A wrongly quantised or exported model does not fail. It detects nobody, and the store has no visitors.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import cv2
import numpy as np

from edge_worker.detection.detector import Detections, Detector
from edge_worker.errors import ModelError
from edge_worker.tracking.association import iou_matrix
from edge_worker.video.frame import Image

IMAGE_FILE = "known_picture.jpg"
"""Name of the image beside an OpenVINO export."""
CONFIDENT_SCORE = 0.5
"""The checks use detections with at least this score."""
MIN_EXPORT_IOU = 0.9
"""Least overlap between a box of the original and the box of its export."""
MAX_SCORE_DIFFERENCE = 0.1
"""Largest difference between the score of the original and that of its export."""
PEOPLE = np.array([[48, 399, 245, 903], [222, 406, 344, 858], [669, 392, 810, 877]], np.float64)
"""The three unoccluded people in bus.jpg (810 × 1080), as (x1, y1, x2, y2)."""
MIN_PEOPLE_IOU = 0.7
"""Least overlap between a box of any model and the box of a person."""


def reference_image(model_file: Path | None = None) -> Image:
    """Return the image of people that an export has beside it, or that the ultralytics package contains.

    Args:
        model_file: An exported model; None for the image of the package.

    Raises:
        ModelError: There is neither.
    """
    found = reference_image_path(model_file)
    image = None if found is None else cv2.imread(str(found))
    if image is None:
        raise ModelError(
            "the known picture is missing, so the model cannot be checked on this machine: export it again "
            'with metrica-edge export, which puts the picture beside it, or pip install "metrica[torch]"'
        )
    return np.asarray(image, np.uint8)


def reference_image_path(model_file: Path | None = None) -> Path | None:
    """Return the path of the image, without importing ultralytics and torch; None if there is none."""
    if model_file is not None and (beside := model_file.with_name(IMAGE_FILE)).is_file():
        return beside
    spec = importlib.util.find_spec("ultralytics")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "assets" / "bus.jpg"
    return path if path.is_file() else None


def check_export(original: Detector, exported: Detector, image: Image) -> dict[str, object]:
    """Check that an export finds the same people as the original, with the same boxes and scores.

    Args:
        original: The detector with the original weights.
        exported: The detector with the exported weights.
        image: The reference image.

    Returns:
        ``people``, ``least_overlap`` and ``largest_score_difference``.

    Raises:
        ModelError: The export differs from the original.
    """
    before, after = original.detect(image), exported.detect(image)
    is_confident = before.scores >= CONFIDENT_SCORE
    confident = Detections(before.boxes[is_confident], before.scores[is_confident])
    if not len(confident):
        raise ModelError(f"{original.model} finds nobody on the reference image: it is not a model for people")
    if not len(after):
        raise ModelError(f"the export of {original.model} finds nobody on the reference image: export it again")
    overlap = iou_matrix(confident.boxes.astype(np.float64), after.boxes.astype(np.float64))
    best = overlap.argmax(axis=1)
    difference = float(np.abs(confident.scores - after.scores[best]).max())
    least_overlap = float(overlap.max(axis=1).min())
    if least_overlap < MIN_EXPORT_IOU or difference > MAX_SCORE_DIFFERENCE:
        raise ModelError(
            f"the export of {original.model} differs from the original on the reference image: least overlap "
            f"{least_overlap:.2f} (minimum {MIN_EXPORT_IOU}), largest difference in confidence {difference:.2f} "
            f"(maximum {MAX_SCORE_DIFFERENCE})"
        )
    return {
        "people": len(confident),
        "least_overlap": round(least_overlap, 4),
        "largest_score_difference": round(difference, 4),
    }


def check_people(detector: Detector, image: Image) -> None:
    """Check that a model finds the three unoccluded people in the reference image.

    Args:
        detector: The loaded model.
        image: The reference image.

    Raises:
        ModelError: It does not find all of them.
    """
    found = detector.detect(image)
    confident = found.boxes[found.scores >= CONFIDENT_SCORE].astype(np.float64)
    count = int((iou_matrix(PEOPLE, confident).max(axis=1) >= MIN_PEOPLE_IOU).sum()) if len(confident) else 0
    if count < len(PEOPLE):
        raise ModelError(
            f"{detector.model} ({detector.backend}) finds {count} of {len(PEOPLE)} people on the reference image: the "
            f"model is damaged or wrongly quantised; export it again from the original (metrica-edge export)"
        )
