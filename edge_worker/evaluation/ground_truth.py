"""The labelled crossings of a clip, from its ``*.truth.json`` file."""

from __future__ import annotations

import glob
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.errors import UsageError

DEFAULT_TOLERANCE_S = 1.0
TRUTH_SUFFIX = ".truth.json"
_NO_CLIPS = (".json", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class LabelledCrossing:
    """A crossing that happened.

    Attributes:
        t: Media time in seconds.
        direction: IN or OUT.
    """

    t: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """The labels of a clip.

    Attributes:
        clip: Name of the video file, in the folder of the labels.
        line: The line for which the clip was labelled.
        anchor: The anchor for which the clip was labelled.
        tolerance_s: Largest difference in seconds between a counted crossing and the labelled one.
        crossings: The labelled crossings.
    """

    clip: str
    line: Line
    anchor: Anchor
    tolerance_s: float
    crossings: tuple[LabelledCrossing, ...]


def read_ground_truth(path: Path) -> GroundTruth:
    """Read a ground truth file.

    Args:
        path: A JSON file with ``line`` and ``crossings`` [{t, direction}], optionally ``clip``, ``anchor`` and
            ``tolerance_s``.

    Raises:
        UsageError: The file does not exist, is not JSON or lacks a field.
    """
    try:
        document: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        raise UsageError(f"no ground truth at {path}: name the file with --truth") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"the ground truth {path} cannot be read: {error}") from error
    try:
        crossings = tuple(
            LabelledCrossing(float(entry["t"]), Direction(entry["direction"])) for entry in document["crossings"]
        )
        line = Line.from_points(document["line"])
        anchor = Anchor(document.get("anchor", Anchor.FOOT))
        tolerance_s = float(document.get("tolerance_s", DEFAULT_TOLERANCE_S))
    except KeyError as error:
        raise UsageError(f"the ground truth {path} lacks {error}") from error
    except (TypeError, ValueError) as error:
        raise UsageError(f"the ground truth {path} is not valid: {error}") from error
    return GroundTruth(str(document.get("clip") or _clip_beside(path)), line, anchor, tolerance_s, crossings)


def _clip_beside(path: Path) -> str:
    """Return the name of the clip of a truth file that names none: the file of the same name."""
    stem = path.name.removesuffix(TRUTH_SUFFIX)
    clips = (file.name for file in path.parent.glob(f"{glob.escape(stem)}.*") if file.suffix not in _NO_CLIPS)
    return min(clips, default=stem)
