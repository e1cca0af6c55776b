"""Render the clip: draw the people into the scene frame by frame, and write the video with its labels."""

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

from local.clip import people, scene, walks
from local.clip.people import CutOut, cut_out_people, picture_path
from local.clip.scene import DOOR, HEIGHT, LINE, THRESHOLD_Y, WIDTH, doorway, person_height
from local.clip.walks import DURATION_S, WALKS, Walk, crossings
from local.errors import ClipError

FPS: Final = 12.5
_STEPS_PER_S: Final = 1.8


@dataclass(frozen=True, slots=True)
class DoorwayClip:
    """The files of the clip: the video, and its labels in the format of `*.truth.json`."""

    video: Path
    truth: Path


def doorway_clip(folder: Path) -> DoorwayClip:
    """Return the clip in `folder`; it is rendered when it is missing or of another version (a few seconds).

    Raises:
        ClipError: The picture of the people is missing, or the video cannot be written.
    """
    version = _version()
    clip = DoorwayClip(folder / f"doorway-{version}.mp4", folder / f"doorway-{version}.truth.json")
    if clip.video.is_file() and clip.truth.is_file():
        return clip
    cast = _people(cut_out_people(picture_path()))
    draft = folder / f".doorway-{version}.{os.getpid()}.mp4"
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
    """Return the labels of the clip, the content of its `*.truth.json`."""
    return {
        "clip": name,
        "fps": FPS,
        "frame_size": [WIDTH, HEIGHT],
        "anchor": "foot",
        "line": list(LINE),
        "in_is": "right-hand side of a->b on screen (down, into the shop)",
        "tolerance_s": 1.0,
        "source": "rendered from the picture bus.jpg of the ultralytics package",
        "crossings": [{"t": crossing.t, "direction": crossing.direction} for crossing in crossings(WALKS)],
    }


def _version() -> str:
    """Return a hash of the code that renders the clip, so that an old clip is not used."""
    sources = (people.__file__, scene.__file__, walks.__file__, __file__)
    return hashlib.sha256(b"".join(Path(source).read_bytes() for source in sources)).hexdigest()[:10]


def _people(cut_outs: Sequence[CutOut]) -> tuple[CutOut, ...]:
    """Return two people in two brightnesses: four that a tracker can distinguish."""
    light, dark = cut_outs
    return light, dark, light.with_brightness(0.72), dark.with_brightness(1.35)


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
    noise = np.random.default_rng(7).normal(0.0, 1.6, (4, HEIGHT, WIDTH, 1)).astype(np.float32)
    for n in range(round(DURATION_S * FPS)):
        t = n / FPS
        frame = empty.astype(np.float32)
        visible = [(position, walk) for walk in WALKS if (position := walk.at(t)) is not None]
        for position, walk in sorted(visible, key=lambda item: item[0][1]):
            _draw_person(frame, _facing(cast, walk, t), position, t)
        yield np.clip(frame + noise[n % len(noise)], 0, 255).astype(np.uint8)


def _facing(cast: Sequence[CutOut], walk: Walk, t: float) -> CutOut:
    person = cast[walk.person]
    return person.mirrored() if walk.speed_right(t) < 0 else person


def _draw_person(frame: NDArray[np.float32], person: CutOut, position: tuple[float, float], t: float) -> None:
    """Draw a person with the feet at `position`; on the street only the part inside the door is visible."""
    x, y = position
    height = person_height(y) * (1.0 + 0.012 * math.sin(2 * math.pi * _STEPS_PER_S * t + x))
    scale = height / person.alpha.shape[0]
    width = person.alpha.shape[1] * scale
    transform = np.array([[scale, 0.0, x - width / 2], [0.0, scale, y - height]])
    left, top, right, bottom = DOOR if y < THRESHOLD_Y else (0, 0, WIDTH, HEIGHT)
    x0, x1 = max(left, math.floor(x - width / 2) - 2), min(right, math.ceil(x + width / 2) + 2)
    y0, y1 = max(top, math.floor(y - height) - 2), min(bottom, math.ceil(y) + 3)
    if x0 >= x1 or y0 >= y1:
        return
    transform[:, 2] -= (x0, y0)
    size = (x1 - x0, y1 - y0)
    smooth = _antialiased(person, scale)
    alpha = cv2.warpAffine(smooth.alpha, transform, size, flags=cv2.INTER_LINEAR)[..., None]
    colour = cv2.warpAffine(smooth.colour, transform, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    _draw_shadow(frame, x, y, width, (left, top, right, bottom))
    area = frame[y0:y1, x0:x1]
    area[:] = area * (1 - alpha) + colour.astype(np.float32) * alpha


def _antialiased(person: CutOut, scale: float) -> CutOut:
    """Blur the person according to the scale, so that moving edges do not flicker."""
    sigma = 0.4 / scale
    return CutOut(
        cv2.GaussianBlur(person.colour, (0, 0), sigma).astype(np.uint8),
        cv2.GaussianBlur(person.alpha, (0, 0), sigma).astype(np.float32),
    )


def _draw_shadow(
    frame: NDArray[np.float32], x: float, y: float, width: float, window: tuple[int, int, int, int]
) -> None:
    """Darken the floor under the feet, softly, within `window` (left, top, right, bottom)."""
    radius_x, radius_y, margin = max(1, round(width * 0.55)), max(1, round(width * 0.13)), 10
    x0, x1 = max(window[0], round(x) - radius_x - margin), min(window[2], round(x) + radius_x + margin)
    y0, y1 = max(window[1], round(y) - radius_y - margin), min(window[3], round(y) + radius_y + margin)
    if x0 >= x1 or y0 >= y1:
        return
    mask = np.zeros((y1 - y0, x1 - x0), dtype=np.uint8)
    cv2.ellipse(mask, (round(x) - x0, round(y) - 2 - y0), (radius_x, radius_y), 0, 0, 360, (90,), -1)
    shade = cv2.GaussianBlur(mask, (0, 0), 4).astype(np.float32)[..., None] / 255
    frame[y0:y1, x0:x1] *= 1 - shade
