"""Media time into moments: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class FileTime:
    """The time line of a file that is played as if it were a camera.

    Attributes:
        began: the moment of its first frame, aware.
        frame_s: seconds of one frame; what lies between the last frame of a round and the first of the next.
    """

    began: datetime
    frame_s: float = 0.04

    def moment(self, media_s: float) -> datetime:
        """When the given second of the file is (or was)."""
        return self.began + timedelta(seconds=media_s)

    def next_round(self, last_media_s: float, now: datetime) -> FileTime:
        """The time line of the next round: after the last frame, and not in the past if playing fell behind."""
        return FileTime(max(self.moment(last_media_s + self.frame_s), now), self.frame_s)


def live_moment(captured_at: datetime, media_s: float, t: float) -> datetime:
    """When a crossing at ``t`` was, reported by the frame taken at ``captured_at`` and ``media_s``; never after it."""
    return captured_at - timedelta(seconds=max(media_s - t, 0.0))
