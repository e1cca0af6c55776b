"""The known crossings of a clip, from its ``*.truth.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.errors import UsageError

DEFAULT_TOLERANCE_S = 1.0


@dataclass(frozen=True, slots=True)
class TrueCrossing:
    """Somebody crossed; ``t`` in seconds of media time."""

    t: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a clip.

    Attributes:
        line, anchor: What it was labelled for.
        tolerance_s: How far a counted crossing may be from the true one, in seconds.
    """

    clip: str
    line: Line
    anchor: Anchor
    tolerance_s: float
    crossings: tuple[TrueCrossing, ...]


def read_truth(path: Path) -> Truth:
    """Reads a truth file: ``line``, ``crossings`` [{t, direction}], and if there ``clip``, ``anchor``, ``tolerance_s``.

    Raises:
        UsageError: the file is not there or cannot be understood.
    """
    try:
        document: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        raise UsageError(f"there is no truth at {path}: name it with --truth") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"the truth {path} cannot be read: {error}") from error
    try:
        crossings = tuple(
            TrueCrossing(float(entry["t"]), Direction(entry["direction"])) for entry in document["crossings"]
        )
        line = Line.from_points(document["line"])
        anchor = Anchor(document.get("anchor", Anchor.FOOT))
        tolerance = float(document.get("tolerance_s", DEFAULT_TOLERANCE_S))
    except KeyError as error:
        raise UsageError(f"the truth {path} lacks {error}") from error
    except (TypeError, ValueError) as error:
        raise UsageError(f"the truth {path} cannot be understood: {error}") from error
    return Truth(str(document.get("clip", path.name)), line, anchor, tolerance, crossings)


def truth_beside(clip: Path) -> Path:
    """Where the truth of a clip is when nobody says: ``<stem>.truth.json`` beside it."""
    return clip.with_name(f"{clip.stem}.truth.json")
