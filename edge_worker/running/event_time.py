"""Convert media time to the time of an event: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class FileTimeline:
    """The time line of a file that is played as if it were a camera.

    Attributes:
        started_at: The time of its first frame, aware.
        frame_s: The duration of a frame: the gap between the last frame of a loop and the first of the next.
    """

    started_at: datetime
    frame_s: float = 0.04

    def time_at(self, media_s: float) -> datetime:
        """Return the time of a second of the file."""
        return self.started_at + timedelta(seconds=media_s)

    def next_loop(self, last_media_s: float, now: datetime) -> FileTimeline:
        """Return the time line of the next loop: it starts after the last frame, but not in the past.

        Args:
            last_media_s: Media time of the last frame, in seconds.
            now: The current time, aware.
        """
        return FileTimeline(max(self.time_at(last_media_s + self.frame_s), now), self.frame_s)


def crossing_time(frame_time: datetime, media_s: float, t: float) -> datetime:
    """Return the time of a crossing, never later than the frame that reported it.

    Args:
        frame_time: When that frame was taken.
        media_s: Media time of that frame, in seconds.
        t: Media time of the crossing, in seconds.
    """
    return frame_time - timedelta(seconds=max(media_s - t, 0.0))
