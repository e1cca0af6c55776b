"""The tracks of a tracker of `trackers` or `boxmot`. Runs in an environment with them and nothing of Metrica's.

Reads a JSON object from standard input: the ``library``, the ``tracker``, and ``recordings``, each with its ``size``
(height, width) and its ``frames``, which are lists of people: x1, y1, x2, y2 in pixels, and the score 0..1. Writes a
JSON object: the ``version`` of the library, and ``tracks``, which are lists of tracks for each frame of each recording:
the id (0 or more), x1, y1, x2, y2 and the score. Writes ``missing`` instead, a sentence, where the library is not
installed.

Each tracker has its defaults, without re-identification and without compensation of camera motion.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt

Update = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]
"""Takes the people of a frame as rows of five values, and returns its tracks as rows of six."""


def tracker_of_trackers(name: str, _size: tuple[int, int]) -> Update:
    """Return a new tracker of the library `trackers`."""
    import trackers
    from supervision import Detections

    trackers_by_name: dict[str, Callable[[], Any]] = {
        "ByteTrack": trackers.ByteTrackTracker,
        "OC-SORT": trackers.OCSORTTracker,
        "C-BIoU": trackers.CBIoUTracker,
        "BoT-SORT": lambda: trackers.BoTSORTTracker(enable_cmc=False),
        "SORT": trackers.SORTTracker,
    }
    tracker = trackers_by_name[name]()

    def update(people: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        found = tracker.update(Detections(xyxy=people[:, :4], confidence=people[:, 4]))
        if len(found) == 0:
            return np.empty((0, 6))
        rows = np.column_stack([found.tracker_id, found.xyxy, found.confidence])
        return rows[rows[:, 0] >= 0]  # people without a track have -1

    return update


def tracker_of_boxmot(name: str, size: tuple[int, int]) -> Update:
    """Return a new tracker of the library `boxmot`, with the settings of its configuration file."""
    from boxmot import create_tracker
    from boxmot.trackers.specs import TrackerSpec

    motion_alone = (("use_cmc", False), ("use_embeddings", False))
    specs = {
        "ByteTrack": TrackerSpec("bytetrack"),
        "OC-SORT": TrackerSpec("ocsort"),
        "BoT-SORT": TrackerSpec("botsort", options=motion_alone),
        "BoostTrack": TrackerSpec("boosttrack", options=motion_alone),
        "SFSORT": TrackerSpec("sfsort"),
    }
    tracker = create_tracker(specs[name])
    image = np.zeros((*size, 3), np.uint8)

    def update(people: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        of_class = np.column_stack([people, np.zeros(len(people), np.float32)])
        rows = np.asarray(tracker.update(of_class, image), np.float64).reshape(-1, 8)
        return rows[:, [4, 0, 1, 2, 3, 5]]

    return update


LIBRARIES = {"trackers": tracker_of_trackers, "boxmot": tracker_of_boxmot}


def track(request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request."""
    new_tracker = LIBRARIES[request["library"]]
    recordings = []
    for recording in request["recordings"]:
        try:
            update = new_tracker(request["tracker"], tuple(recording["size"]))
        except ModuleNotFoundError as error:
            return {"missing": str(error)}
        frames = [update(np.asarray(people, np.float32).reshape(-1, 5)).tolist() for people in recording["frames"]]
        recordings.append(frames)
    return {"version": version(request["library"]), "tracks": recordings}


def main() -> None:
    """Answer the request on standard input."""
    with redirect_stdout(sys.stderr):  # what a library prints is no part of the answer
        answer = track(json.load(sys.stdin))
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
