"""The thresholds for cameras that look from straight above, and for finding out which do, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from edge_worker.overhead.view import View
from edge_worker.tracking.byte_track import TrackerParameters

ABOVE_TRACKER = TrackerParameters(
    high_score=0.1, low_score=0.1, new_score=0.1, match_cost=0.95, confirm_cost=0.95, start_speed=3.0
)
"""People from straight above are about as long as wide, and walk three of their lengths per second, so their boxes
overlap little from frame to frame. Their scores are low. They do not hide each other, so a box that overlaps a little
is the same person; a box with a score of 0.1 must still overlap by half."""


def tracker_parameters(view: View) -> TrackerParameters:
    """Return the parameters of the tracker for a view."""
    return ABOVE_TRACKER if view is View.ABOVE else TrackerParameters()


@dataclass(frozen=True, slots=True)
class PassageParameters:
    """Thresholds of `find_walker`.

    Attributes:
        min_score: Boxes with a lower score are no evidence of a person.
        max_step: The centre of somebody who walks moves at most this far from picture to picture, in lengths of the
            diagonal of the box.
        min_way: Somebody who crosses moves at least this far across the line, in lengths of the diagonal of the box. A
            thing that the model takes for a person does not move.
        max_gap: Somebody who is not found is looked for in this many further pictures.
        max_distance: Somebody who crosses comes at least this near to the line, in lengths of the diagonal.
        min_pictures: The same person must be found in this many pictures.
    """

    min_score: float = 0.2
    max_step: float = 1.0
    max_gap: int = 3
    min_way: float = 0.3
    max_distance: float = 0.5
    min_pictures: int = 3


@dataclass(frozen=True, slots=True)
class DecisionParameters:
    """Thresholds of `ViewDecision`.

    Attributes:
        passages: The newest passages of the line that are judged.
        min_passages: With fewer, nothing is decided.
        unseen_share: The view is from straight above only if the picture as it is shows nobody at this share of them.
        turned_share: And if turned pictures show somebody at this share of them.
        seen_share: The view is no longer from above if the picture as it is shows somebody at this share.
        memory_s: Passages are forgotten after this time.
    """

    passages: int = 12
    min_passages: int = 6
    unseen_share: float = 0.75
    turned_share: float = 0.5
    seen_share: float = 0.75
    memory_s: float = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class PassagePictureParameters:
    """Which pictures of a passage are looked at.

    Attributes:
        before_s: From this long before the moment at which motion across the line was measured.
        after_s: Until this long after it.
        seen_within_s: The passage was seen if a tracked person touches the line at most this long before or after it,
            as in `UnseenPeopleParameters`.
        longest_side: The pictures are kept with this longest side, in pixels: 3 MB while nothing passes. Whoever is
            large enough to be noticed as a passage is large enough in them.
    """

    before_s: float = 2.0
    after_s: float = 1.0
    seen_within_s: float = 3.0
    longest_side: int = 320
