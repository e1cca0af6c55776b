"""A filter that corrects boxes which are suddenly taller or shorter than the person."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median

from edge_worker.tracking.byte_track import Track


@dataclass(frozen=True, slots=True)
class BoxHeightParameters:
    """Thresholds of `BoxHeightFilter`.

    Attributes:
        tolerance: A box whose height is within this fraction of the person's usual height is kept as it is. The height
            of a person does not change from one frame to the next, but a box grows when the head of another person, a
            sign or a railing is taken for a part of the person. 1 or more switches the filter off.
        edge_step: An edge of such a box is trusted if it moved by at most this fraction of the usual height.
        memory_s: The usual height is the median over this many seconds: longer than such an error, shorter than a walk
            towards the camera.
        gap_s: A person who was not observed for longer than this starts with a new history.
    """

    tolerance: float = 0.15
    edge_step: float = 0.12
    memory_s: float = 1.5
    gap_s: float = 1.0


@dataclass(slots=True)
class _TrackHistory:
    t: float
    top: float
    bottom: float
    heights: deque[tuple[float, float]] = field(default_factory=deque)


class BoxHeightFilter:
    """Corrects boxes by the usual height of each person.

    An edge that hardly moved since the previous observation is trusted, and the other edge is set by the usual height.
    If both edges moved (two people in one box), the person is inside a box that is too tall, or reaches beyond a box
    that is too short; of the positions that this allows, the one nearest to the previous position is taken. So the
    centre does not jump by half a body when two people merge for a moment, and hidden feet stay in place.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: BoxHeightParameters | None = None) -> None:
        self.parameters = parameters or BoxHeightParameters()
        self._histories: dict[int, _TrackHistory] = {}

    def update(self, tracks: Iterable[Track], t: float) -> list[Track]:
        """Return the tracks of a frame with corrected boxes.

        Args:
            tracks: The tracks observed in the frame.
            t: Time of the frame in seconds; not before the time of the previous frame.
        """
        corrected = [self._correct(track, t) for track in tracks]
        self._histories = {
            tracker_id: history
            for tracker_id, history in self._histories.items()
            if t - history.t <= self.parameters.gap_s
        }
        return corrected

    def _correct(self, track: Track, t: float) -> Track:
        x1, top, x2, bottom = track.box
        history = self._histories.get(track.tracker_id)
        if history is None or t - history.t > self.parameters.gap_s:
            history = self._histories[track.tracker_id] = _TrackHistory(t, top, bottom)
        heights = history.heights
        heights.append((t, bottom - top))
        while t - heights[0][0] > self.parameters.memory_s:
            heights.popleft()
        usual = median(height for _, height in heights)
        if abs(bottom - top - usual) > self.parameters.tolerance * usual:
            top = self._estimate_top(history, top, bottom, usual)
            bottom = top + usual
        history.t, history.top, history.bottom = t, top, bottom
        return replace(track, box=(x1, top, x2, bottom))

    def _estimate_top(self, history: _TrackHistory, top: float, bottom: float, usual: float) -> float:
        top_step, bottom_step = abs(top - history.top), abs(bottom - history.bottom)
        if min(top_step, bottom_step) <= self.parameters.edge_step * usual:
            return top if top_step < bottom_step else bottom - usual
        # The box of the person lies inside a box that is too tall, and reaches beyond a box that is too short.
        low, high = sorted((top, bottom - usual))
        return min(max(history.top, low), high)
