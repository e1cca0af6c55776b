"""Puts the people into the scene, frame by frame, and keeps the clip with its truth beside it."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from local.clip import outlines, people, scene, walks
from local.clip.errors import ClipError
from local.clip.people import CutOut, cut_out_people, picture_path
from local.clip.scene import HEIGHT, LINE, OPENING, SILL_Y, WIDTH, doorway, person_height
from local.clip.walks import DURATION_S, WALKS, Walk, crossings

FPS: Final = 12.5
_STEPS_PER_S: Final = 1.8


@dataclass(frozen=True, slots=True)
class DoorwayClip:
    """The clip on disk, and its truth in the format of every `*.truth.json`."""

    video: Path
    truth: Path


def doorway_clip(folder: Path) -> DoorwayClip:
    """The clip in `folder`, made when it is not there yet or was made by another version (a few seconds).

    Raises ClipError: no picture of people, or the folder takes no video.
    """
    edition = _edition()
    clip = DoorwayClip(folder / f"doorway-{edition}.mp4", folder / f"doorway-{edition}.truth.json")
    if clip.video.is_file() and clip.truth.is_file():
        return clip
    cast = _cast(cut_out_people(picture_path()))
    draft = folder / f".doorway-{edition}.{os.getpid()}.mp4"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClipError(f"the demo's clip cannot be written to {folder}: {error.strerror or error}") from None
    try:
        with _video(draft) as video:
            for frame in _frames(cast):
                video.write(frame)
        clip.truth.write_text(json.dumps(truth(clip.video.name), indent=1) + "\n", encoding="utf-8")
        draft.replace(clip.video)
    except OSError as error:
        raise ClipError(f"the demo's clip cannot be written to {folder}: {error.strerror or error}") from None
    finally:
        draft.unlink(missing_ok=True)
    return clip


def truth(name: str) -> dict[str, object]:
    """What happens in the clip, as the content of its `*.truth.json`."""
    return {
        "clip": name,
        "fps": FPS,
        "frame_size": [WIDTH, HEIGHT],
        "anchor": "foot",
        "line": list(LINE),
        "in_is": "right-hand side of a->b on screen (down, into the shop)",
        "tolerance_s": 1.0,
        "source": "made at run time from the picture of people that the ultralytics package ships",
        "crossings": [{"t": crossing.t, "direction": crossing.direction} for crossing in crossings(WALKS)],
    }


def _edition() -> str:
    """Changes whenever the code that draws the clip does, so that no stale clip is kept."""
    sources = (outlines.__file__, people.__file__, scene.__file__, walks.__file__, __file__)
    return hashlib.sha256(b"".join(Path(source).read_bytes() for source in sources)).hexdigest()[:10]


def _cast(two: Sequence[CutOut]) -> tuple[CutOut, ...]:
    """Two people in two lights: four that a tracker can tell apart."""
    light, dark = two
    return light, dark, light.lit(0.72), dark.lit(1.35)


@contextmanager
def _video(path: Path) -> Iterator[cv2.VideoWriter]:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (WIDTH, HEIGHT))
    try:
        if not writer.isOpened():
            raise ClipError(f"OpenCV cannot write a video to {path.parent}: is the folder writable, the disk full?")
        yield writer
    finally:
        writer.release()


def _frames(cast: Sequence[CutOut]) -> Iterator[NDArray[np.uint8]]:
    empty = doorway()
    grain = np.random.default_rng(7).normal(0.0, 1.6, (4, HEIGHT, WIDTH, 1)).astype(np.float32)
    for n in range(round(DURATION_S * FPS)):
        t = n / FPS
        frame = empty.astype(np.float32)
        there = [(place, walk) for walk in WALKS if (place := walk.at(t)) is not None]
        for place, walk in sorted(there, key=lambda item: item[0][1]):
            _put(frame, _posed(cast, walk, t), place, t)
        yield np.clip(frame + grain[n % len(grain)], 0, 255).astype(np.uint8)


def _posed(cast: Sequence[CutOut], walk: Walk, t: float) -> CutOut:
    person = cast[walk.look]
    return person.mirrored() if walk.heading(t) < 0 else person


def _put(frame: NDArray[np.float32], person: CutOut, place: tuple[float, float], t: float) -> None:
    """Draws somebody into the frame, feet at `place`; beyond the sill only what the doorway shows."""
    x, y = place
    tall = person_height(y) * (1.0 + 0.012 * math.sin(2 * math.pi * _STEPS_PER_S * t + x))
    scale = tall / person.alpha.shape[0]
    wide = person.alpha.shape[1] * scale
    place_it = np.array([[scale, 0.0, x - wide / 2], [0.0, scale, y - tall]])
    left, top, right, bottom = OPENING if y < SILL_Y else (0, 0, WIDTH, HEIGHT)
    x0, x1 = max(left, math.floor(x - wide / 2) - 2), min(right, math.ceil(x + wide / 2) + 2)
    y0, y1 = max(top, math.floor(y - tall) - 2), min(bottom, math.ceil(y) + 3)
    if x0 >= x1 or y0 >= y1:
        return
    place_it[:, 2] -= (x0, y0)
    size = (x1 - x0, y1 - y0)
    smooth = _smooth(person, scale)
    alpha = cv2.warpAffine(smooth.alpha, place_it, size, flags=cv2.INTER_LINEAR)[..., None]
    colour = cv2.warpAffine(smooth.colour, place_it, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    _shadow(frame, x, y, wide, (left, top, right, bottom))
    area = frame[y0:y1, x0:x1]
    area[:] = area * (1 - alpha) + colour.astype(np.float32) * alpha


def _smooth(person: CutOut, scale: float) -> CutOut:
    """Blurred by as much as it will shrink, so that moving edges do not flicker."""
    sigma = 0.4 / scale
    return CutOut(
        cv2.GaussianBlur(person.colour, (0, 0), sigma).astype(np.uint8),
        cv2.GaussianBlur(person.alpha, (0, 0), sigma).astype(np.float32),
    )


def _shadow(frame: NDArray[np.float32], x: float, y: float, wide: float, window: tuple[int, int, int, int]) -> None:
    """Darkens the floor under somebody's feet, softly, within `window` (left, top, right, bottom)."""
    across, deep, soft = max(1, round(wide * 0.55)), max(1, round(wide * 0.13)), 10
    x0, x1 = max(window[0], round(x) - across - soft), min(window[2], round(x) + across + soft)
    y0, y1 = max(window[1], round(y) - deep - soft), min(window[3], round(y) + deep + soft)
    if x0 >= x1 or y0 >= y1:
        return
    mask = np.zeros((y1 - y0, x1 - x0), dtype=np.uint8)
    cv2.ellipse(mask, (round(x) - x0, round(y) - 2 - y0), (across, deep), 0, 0, 360, (90,), -1)
    dark = cv2.GaussianBlur(mask, (0, 0), 4).astype(np.float32)[..., None] / 255
    frame[y0:y1, x0:x1] *= 1 - dark
