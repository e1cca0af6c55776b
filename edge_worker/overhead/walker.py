"""Whether somebody walks across the line in the detections of a few pictures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from edge_worker.counting.geometry import PixelLine, Point
from edge_worker.counting.line import Anchor
from edge_worker.detection.detector import Detections
from edge_worker.overhead.parameters import PassageParameters


@dataclass(slots=True)
class _Chain:
    """Boxes of one person, from picture to picture."""

    first: Point
    last: Point
    diagonal: float
    pictures: int
    newest: int
    nearest: float

    def way(self, line: PixelLine) -> float:
        """Return how far it has moved across the line, in diagonals."""
        return abs(line.offset(self.last) - line.offset(self.first)) / self.diagonal


def find_walker(found: Sequence[Detections], line: PixelLine, parameters: PassageParameters | None = None) -> bool:
    """Return whether somebody who was detected walks across the line, or up to it or away from it.

    Args:
        found: The people in each picture of a passage, in order; boxes in pixels of the picture.
        line: The counting line, in pixels of the picture.
        parameters: The thresholds.
    """
    parameters = parameters or PassageParameters()
    chains: list[_Chain] = []
    for number, people in enumerate(found):
        free = [chain for chain in chains if number - chain.newest <= parameters.max_gap]
        for index in people.scores.argsort()[::-1]:
            if people.scores[index] < parameters.min_score:
                break
            x1, y1, x2, y2 = people.boxes[index].tolist()
            point, diagonal = Anchor.CENTER.of((x1, y1, x2, y2)), hypot(x2 - x1, y2 - y1)
            distance = hypot(line.offset(point), line.overshoot(line.along(point))) / diagonal
            chain = _nearest(free, point, diagonal * parameters.max_step)
            if chain is None:
                chains.append(_Chain(point, point, diagonal, 1, number, distance))
                continue
            free.remove(chain)
            chain.last, chain.diagonal, chain.newest = point, max(diagonal, chain.diagonal), number
            chain.pictures, chain.nearest = chain.pictures + 1, min(distance, chain.nearest)
    return any(
        chain.pictures >= parameters.min_pictures
        and chain.nearest <= parameters.max_distance
        and chain.way(line) >= parameters.min_way
        for chain in chains
    )


def _nearest(chains: Sequence[_Chain], point: Point, limit: float) -> _Chain | None:
    """Return the chain whose newest box is nearest to a point, within a distance."""
    near = [(hypot(chain.last[0] - point[0], chain.last[1] - point[1]), chain) for chain in chains]
    distance, chain = min(near, key=lambda one: one[0], default=(limit + 1, None))
    return chain if distance <= limit else None
