"""The people of the clip, cut out of the picture `bus.jpg` that the ultralytics package ships."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from local.clip.errors import ClipError
from local.clip.outlines import DARK_COAT, LIGHT_COAT, Points

PICTURE_SIZE: Final = (810, 1080)
_BAND_PX: Final = 9
"""GrabCut looks for the true edge of a person within this width of the outline."""


@dataclass(frozen=True, slots=True)
class CutOut:
    """One person without what was behind them.

    Attributes:
        colour: h × w × 3, uint8, BGR; feet at the lower edge.
        alpha: h × w, float32 in 0..1, soft at the edge.
    """

    colour: NDArray[np.uint8]
    alpha: NDArray[np.float32]

    def mirrored(self) -> CutOut:
        """The same person, facing the other way."""
        return CutOut(self.colour[:, ::-1].copy(), self.alpha[:, ::-1].copy())

    def lit(self, gain: float) -> CutOut:
        """The same person in other light; `gain` multiplies the brightness."""
        return CutOut(cv2.convertScaleAbs(self.colour, alpha=gain).astype(np.uint8), self.alpha)


def picture_path() -> Path:
    """Where `bus.jpg` of the ultralytics package is, found without importing it (that would import torch).

    Raises ClipError when the package or the picture is not there.
    """
    package = importlib.util.find_spec("ultralytics")
    for folder in (package.submodule_search_locations if package else None) or ():
        path = Path(folder) / "assets" / "bus.jpg"
        if path.is_file():
            return path
    raise ClipError(
        "the picture of people that the ultralytics package ships is not there: install it "
        "(pip install ultralytics), or give a clip with VIDEO=…"
    )


def cut_out_people(picture: Path) -> tuple[CutOut, CutOut]:
    """The two whole people in the picture, the one in the light coat first. Raises ClipError."""
    image = cv2.imread(str(picture))
    if image is None or (image.shape[1], image.shape[0]) != PICTURE_SIZE:
        raise ClipError(
            f"{picture} is not the picture of 810 × 1080 pixels that ultralytics 8.4 ships: give a clip with VIDEO=…"
        )
    pixels = image.astype(np.uint8)
    return _cut_out(pixels, LIGHT_COAT), _cut_out(pixels, DARK_COAT)


def _cut_out(image: NDArray[np.uint8], outline: Points) -> CutOut:
    points = np.array(outline, dtype=np.int32)
    left, top = (int(v) for v in points.min(axis=0) - 2 * _BAND_PX)
    right, bottom = (int(v) for v in points.max(axis=0) + 2 * _BAND_PX)
    part = image[max(top, 0) : bottom, max(left, 0) : right].copy()
    drawn = np.zeros(part.shape[:2], dtype=np.uint8)
    cv2.fillPoly(drawn, [points - (max(left, 0), max(top, 0))], (1,))
    person = _true_edge(part, drawn)
    alpha = cv2.GaussianBlur(cv2.erode(person, _disc(3)).astype(np.float32), (0, 0), 1.2)
    rows, columns = np.nonzero(alpha > 0.5)
    box = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    return CutOut(part[box].copy(), alpha[box].astype(np.float32))


def _true_edge(part: NDArray[np.uint8], drawn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    mask = np.where(drawn > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    mask[cv2.erode(drawn, _disc(_BAND_PX)) > 0] = cv2.GC_FGD
    mask[cv2.dilate(drawn, _disc(_BAND_PX)) == 0] = cv2.GC_BGD
    cv2.setRNGSeed(1)  # GrabCut starts from random colours: the same ones each time
    cv2.grabCut(part, mask, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    person = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    smooth = cv2.morphologyEx(cv2.morphologyEx(person, cv2.MORPH_OPEN, _disc(5)), cv2.MORPH_CLOSE, _disc(5))
    return smooth.astype(np.uint8)


def _disc(size: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.uint8)
