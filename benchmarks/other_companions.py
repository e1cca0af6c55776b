"""Clips in which everybody walks beside another person of the clip, so that no two people of a pair look alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.made_views import people_mask, pictures
from benchmarks.small_people import LEAST_FRAMES_PER_S, empty_scene, frames_per_second
from edge_worker.evaluation.recorded_detections import ClipDetections
from edge_worker.evaluation.replay import track_detections
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import Image

LEAST_CUTOUTS = 6
"""A person is used as a companion who was seen alone in so many pictures."""
MOST_MODELS = 6
"""So many people are used as companions: those who were seen alone most often."""
SURE_SCORE = 0.5
MARGIN = 6
"""Somebody is alone if no other box is nearer than this on either side, in pixels."""
LEAST_BODY = 0.35
"""And if at least this share of the box differs from the empty scene."""

Mask = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Cutout:
    """A person cut out of a picture.

    Attributes:
        image: height × width × 3, 8 bits.
        alpha: The person as shares 0..1 of each pixel.
    """

    image: Image
    alpha: Mask

    def mirrored(self) -> Cutout:
        """Return the person as in a mirror."""
        return Cutout(self.image[:, ::-1], self.alpha[:, ::-1])

    def of_height(self, height: int) -> Cutout:
        """Return the person with another height in pixels."""
        width = max(3, round(self.alpha.shape[1] * height / self.alpha.shape[0]))
        image, alpha = (cv2.resize(np.ascontiguousarray(one), (width, height)) for one in (self.image, self.alpha))
        return Cutout(np.asarray(image, np.uint8), np.asarray(alpha, np.float32))


def paste(picture: npt.NDArray[np.float32], free: Mask, person: Cutout, left: int, top: int) -> None:
    """Draw a person into a picture, only where it is free.

    Args:
        picture: height × width × 3; it is changed.
        free: The shares 0..1 of each pixel that may be covered.
        person: The person; the part outside of the picture is left out.
        left: Where their left edge is, in pixels.
        top: Where their upper edge is.
    """
    height, width = person.alpha.shape
    x1, y1 = max(left, 0), max(top, 0)
    x2, y2 = min(left + width, picture.shape[1]), min(top + height, picture.shape[0])
    if x2 <= x1 or y2 <= y1:
        return
    part = np.s_[y1 - top : y2 - top, x1 - left : x2 - left]
    share = (person.alpha[part] * free[y1:y2, x1:x2])[..., None]
    picture[y1:y2, x1:x2] = picture[y1:y2, x1:x2] * (1 - share) + person.image[part] * share


def write_with_others(clip: Path, path: Path, companion_at: tuple[int, int], detections: ClipDetections) -> Path:
    """Write a clip in which everybody has another person as companion, as an ``.avi`` file, and return its path.

    Args:
        clip: The clip.
        path: The file.
        companion_at: (x, y) of the companion from each person, in pixels.
        detections: The people in the clip.

    Raises:
        ValueError: Nobody in the clip is seen alone.
    """
    scene = empty_scene(clip)
    height, width = scene.shape[:2]
    step = max(int(frames_per_second(clip) // LEAST_FRAMES_PER_S), 1)
    tracks = {frame.index: frame.tracks for frame in track_detections(detections)}

    def seen() -> Iterator[tuple[Image, Sequence[Track]]]:
        return ((picture, tracks.get(index * step, ())) for index, picture in enumerate(pictures(clip, step)))

    models = _Models(seen(), scene)
    # MJPG files have an even width and height.
    size = (width // 2 * 2, height // 2 * 2)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), frames_per_second(clip) / step, size)
    try:
        for picture, people in seen():
            made = picture.astype(np.float32)
            free = np.asarray(1 - people_mask(picture, scene), np.float32)
            for track in sorted(people, key=lambda one: one.box[3]):
                left, top, right, bottom = _pixels(track, (height, width))
                person = models.next_for(track.tracker_id).of_height(bottom - top)
                middle = (left + right) // 2 - person.alpha.shape[1] // 2
                paste(made, free, person, middle + companion_at[0], top + companion_at[1])
            writer.write(np.ascontiguousarray(np.clip(made, 0, 255).astype(np.uint8)[: size[1], : size[0]]))
    finally:
        writer.release()
    return path


class _Models:
    """The people who are seen alone, from picture to picture."""

    def __init__(self, seen: Iterable[tuple[Image, Sequence[Track]]], scene: Image) -> None:
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        cutouts: dict[int, list[Cutout]] = {}
        for picture, tracks in seen:
            mask = people_mask(picture, scene)
            for track in tracks:
                left, top, right, bottom = _pixels(track, mask.shape)
                first.setdefault(track.tracker_id, left)
                last[track.tracker_id] = left
                part = np.s_[top:bottom, left:right]
                is_whole = left > 1 and top > 1 and right < mask.shape[1] - 1 and bottom < mask.shape[0] - 1
                is_sure = track.score >= SURE_SCORE and mask[part].mean() >= LEAST_BODY
                if is_whole and is_sure and _is_alone(track, tracks, mask.shape):
                    one = Cutout(picture[part].copy(), mask[part].copy())
                    cutouts.setdefault(track.tracker_id, []).append(one)
        often = sorted(
            (key for key in cutouts if len(cutouts[key]) >= LEAST_CUTOUTS), key=lambda key: -len(cutouts[key])
        )
        if not often:
            raise ValueError(f"nobody is seen alone in {LEAST_CUTOUTS} pictures")
        self._cutouts: Mapping[int, Sequence[Cutout]] = {key: cutouts[key] for key in often[:MOST_MODELS]}
        self._ways = {key: int(np.sign(last[key] - first[key])) for key in first}
        self._used: dict[int, int] = {}

    def next_for(self, tracker_id: int) -> Cutout:
        """Return the next picture of the companion of a person, who walks the same way."""
        others = [key for key in self._cutouts if key != tracker_id] or list(self._cutouts)
        key = others[tracker_id % len(others)]
        count = self._used.get(tracker_id, 0)
        self._used[tracker_id] = count + 1
        cutouts = self._cutouts[key]
        # Forwards and backwards, so that the companion never jumps.
        index = count % (2 * len(cutouts))
        person = cutouts[min(index, 2 * len(cutouts) - 1 - index)]
        return person.mirrored() if self._ways[key] * self._ways[tracker_id] < 0 else person


def _is_alone(track: Track, tracks: Sequence[Track], size: tuple[int, ...]) -> bool:
    """Return whether no other box comes near the box of a track in a picture of size (height, width)."""
    left, top, right, bottom = _pixels(track, size)
    return not any(
        other is not track
        and min(other.box[2], right + MARGIN) > max(other.box[0], left - MARGIN)
        and min(other.box[3], bottom) > max(other.box[1], top)
        for other in tracks
    )


def _pixels(track: Track, size: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return the box of a track in whole pixels, at least one pixel large, inside a picture of size (height, width)."""
    left, top = max(0, round(track.box[0])), max(0, round(track.box[1]))
    return left, top, max(left + 1, min(round(track.box[2]), size[1])), max(top + 1, min(round(track.box[3]), size[0]))
