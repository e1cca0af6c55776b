"""The speed of the peers on the same clip, used as in their documentation. `counter_peers`: how they count.

``python -m benchmarks.edge_peers NAME TRUTH FRAMES`` counts the clip of a truth file, at most FRAMES of its frames.

`object_counter`: Ultralytics' ObjectCounter with yolo26n.pt. `line_zone`: supervision's LineZone on
Ultralytics' tracks of the same. Both get persons only, and the truth's line. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from edge_worker.counting.line import Anchor
from edge_worker.evaluation.ground_truth import GroundTruth, read_ground_truth
from edge_worker.weights.lookup import require_pt

ProcessFrame = Callable[[Any], None]


def object_counter(truth: GroundTruth, width: int, height: int) -> ProcessFrame:
    """Return Ultralytics' ObjectCounter with its defaults, except for ByteTrack, which is faster than its tracker."""
    from ultralytics.solutions import ObjectCounter

    ax, ay, bx, by = (round(value) for value in truth.line.in_pixels(width, height))
    counter = ObjectCounter(
        model=str(require_pt(None)),
        region=[(ax, ay), (bx, by)],
        classes=[0],
        tracker="bytetrack.yaml",
        show=False,
        verbose=False,
    )
    # The NMS-free head is the faster one, and needs no torchvision.
    overrides: dict[str, Any] = counter.model.overrides
    overrides["nms"] = False

    def process(image: Any) -> None:
        counter(image)

    return process


def line_zone(truth: GroundTruth, width: int, height: int) -> ProcessFrame:
    """Return supervision's LineZone with the labelled anchor (its default of all four corners misses most)."""
    import supervision as sv
    from ultralytics.models import YOLO

    ax, ay, bx, by = truth.line.in_pixels(width, height)
    position = sv.Position.BOTTOM_CENTER if truth.anchor is Anchor.FOOT else sv.Position.CENTER
    zone = sv.LineZone(start=sv.Point(ax, ay), end=sv.Point(bx, by), triggering_anchors=[position])
    model: Any = YOLO(str(require_pt(None)))
    model.overrides["nms"] = False

    def process(image: Any) -> None:
        found = model.track(image, persist=True, classes=[0], tracker="bytetrack.yaml", verbose=False)[0]
        zone.trigger(sv.Detections.from_ultralytics(found))

    return process


PEERS = {"object_counter": object_counter, "line_zone": line_zone}


def main(name: str, truth_file: str, limit: int) -> dict[str, object]:
    """Return the frames per second after the first frame."""
    truth = read_ground_truth(Path(truth_file))
    capture = cv2.VideoCapture(str(Path(truth_file).with_name(truth.clip)))
    ok, image = capture.read()
    process = PEERS[name](truth, image.shape[1], image.shape[0])
    process(image)
    started = time.perf_counter()
    frames = 1
    while ok and frames != limit:
        ok, image = capture.read()
        if ok:
            process(image)
            frames += 1
    return {"frames": frames, "rate": (frames - 1) / (time.perf_counter() - started)}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
