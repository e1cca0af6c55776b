"""Draw the doorway of a shop as a camera under the ceiling sees it from inside."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH: Final = 640
HEIGHT: Final = 480
THRESHOLD_Y: Final = 228
"""The line between the floor of the shop and the street, in pixels from the top."""

DOOR: Final = (225, 34, 415, THRESHOLD_Y)
"""The doorway: left, top, right, bottom, in pixels."""

LINE: Final = (0.3, 0.5, 0.7, 0.5)
"""The counting line in 0..1 of width and height, just inside the door; IN is down, into the shop."""

_HORIZON_Y: Final = 20.0
_HEIGHT_PER_PX: Final = 0.77


def person_height(foot_y: float) -> float:
    """Return the height in pixels of a person whose feet are at `foot_y` (linear below the horizon)."""
    return max(0.0, _HEIGHT_PER_PX * (foot_y - _HORIZON_Y))


def doorway() -> NDArray[np.uint8]:
    """Return the empty scene, `HEIGHT` × `WIDTH` × 3, uint8, BGR: wall, door with the street behind it, tiled floor."""
    scene = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    left, top, right, bottom = DOOR
    _shade(scene[:THRESHOLD_Y], (196, 204, 206), (176, 186, 190))
    _shade(scene[top:bottom, left:right], (228, 216, 202), (206, 200, 190))
    kerb = top + int(0.62 * (bottom - top))
    _shade(scene[kerb:bottom, left:right], (150, 152, 154), (172, 174, 176))
    for x in range(left + 12, right - 30, 58):
        cv2.rectangle(scene, (x, top + 18), (x + 34, kerb - 26), (198, 182, 160), -1)
        cv2.rectangle(scene, (x, top + 18), (x + 34, kerb - 26), (168, 156, 140), 1)
    _shade(scene[THRESHOLD_Y:], (128, 138, 146), (158, 170, 180))
    _draw_tiles(scene)
    cv2.rectangle(scene, (left - 7, top - 7), (right + 6, bottom), (92, 84, 78), 7)
    cv2.rectangle(scene, (left, bottom - 2), (right, bottom + 3), (110, 108, 104), -1)
    for x0, x1 in ((24, 186), (452, 616)):
        cv2.rectangle(scene, (x0, 70), (x1, 196), (168, 176, 172), -1)
        for shelf in range(104, 197, 31):
            cv2.line(scene, (x0, shelf), (x1, shelf), (128, 134, 132), 3)
    noise = np.random.default_rng(5).normal(0.0, 2.2, scene.shape)
    return np.clip(cv2.GaussianBlur(scene, (0, 0), 0.8) + noise, 0, 255).astype(np.uint8)


def _shade(area: NDArray[np.uint8], above: tuple[int, int, int], below: tuple[int, int, int]) -> None:
    mix = np.linspace(0.0, 1.0, area.shape[0])[:, None, None]
    area[:] = ((1 - mix) * np.array(above) + mix * np.array(below)).astype(np.uint8)


def _draw_tiles(scene: NDArray[np.uint8]) -> None:
    joint = (112, 122, 130)
    for n in range(1, 9):
        y = round(_HORIZON_Y + (THRESHOLD_Y - _HORIZON_Y) * 1.13**n)
        cv2.line(scene, (0, y), (WIDTH, y), joint, 1)
    centre = WIDTH / 2
    spread = (HEIGHT - _HORIZON_Y) / (THRESHOLD_Y - _HORIZON_Y)
    for x in range(-320, 961, 64):
        below = round(centre + (x - centre) * spread)
        cv2.line(scene, (x, THRESHOLD_Y), (below, HEIGHT), joint, 1, cv2.LINE_AA)
