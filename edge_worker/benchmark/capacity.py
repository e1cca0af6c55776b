"""How many cameras a box carries, from measured speeds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

ANALYSED_FPS = 10.0
"""Frames per second of a camera in which people are searched for."""
CAMERA_FPS = 25.0
"""Frames per second that a camera sends, where that is not known. All of them are decoded."""
USABLE_SHARE = 0.8
"""Share of the box to plan with. The rest is a reserve for crowds, heat and the operating system."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """The measured speed of a box.

    One camera takes ``10 / frames_per_s`` of the box for the frames that are analysed, and ``decode_s / cores`` of it
    for each further frame that is only decoded.

    Example:
        >>> Capacity(frames_per_s=50.0, decode_s=0.002, cores=2).cameras
        3

    Attributes:
        frames_per_s: Frames per second that the box decodes, searches for people, tracks and counts, all cores busy.
        decode_s: CPU time to decode a frame, in seconds.
        cores: Cores that decode.
        camera_fps: Frames per second that a camera sends.
    """

    frames_per_s: float
    decode_s: float
    cores: int
    camera_fps: float = CAMERA_FPS

    @property
    def cameras(self) -> int:
        """Return the number of cameras that the box carries at `ANALYSED_FPS`."""
        if self.frames_per_s <= 0:
            return 0
        analysed = min(ANALYSED_FPS, self.camera_fps)
        share = analysed / self.frames_per_s + (self.camera_fps - analysed) * self.decode_s / self.cores
        return int(USABLE_SHARE / share)

    @property
    def sentence(self) -> str:
        """Return what the box carries, with the figures that it follows from."""
        plural = "" if self.cameras == 1 else "s"
        return (
            f"this box carries {self.cameras} camera{plural} at {ANALYSED_FPS:g} frames/s: {self.frames_per_s:.0f} "
            f"frames/s in all, {1000 * self.decode_s:.1f} ms to decode each of {self.camera_fps:g} frames/s of a "
            f"camera on {self.cores} core{'' if self.cores == 1 else 's'}, {1 - USABLE_SHARE:.0%} in reserve"
        )
