"""Cut the people of the clip out of the picture `bus.jpg` that the ultralytics package ships.

Their outlines were traced by hand, within about five pixels of the picture; GrabCut refines the edges.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from local.errors import ClipError

Points: TypeAlias = tuple[tuple[int, int], ...]
"""The corners (x, y) of an outline in the picture, in pixels."""

PICTURE_SIZE: Final = (810, 1080)
_BAND_PX: Final = 9
"""GrabCut looks for the edge of a person within this distance of the outline."""


def _points(text: str) -> Points:
    pairs = (pair.split(",") for pair in text.split())
    return tuple((int(x), int(y)) for x, y in pairs)


LIGHT_COAT: Final = _points("""
113,415 120,404 132,399 146,400 156,406 158,418 156,432 153,446 152,462 146,472 152,475 163,480 172,492 176,502
180,508 186,520 190,535 200,552 200,575 192,586 182,600 185,620 190,640 193,670 193,690 180,690 180,705 184,730
186,755 188,780 195,815 200,840 202,855 215,870 230,878 243,882 241,890 220,892 205,893 190,898 177,898 175,880
178,865 172,850 166,830 160,805 155,785 150,770 145,750 138,730 131,706 122,706 118,720 113,745 108,765 100,780
97,800 93,820 88,845 86,858 92,870 103,882 106,893 100,900 80,900 66,894 54,885 53,868 60,855 58,845 60,825
66,810 75,800 77,785 75,755 74,730 72,700 59,695 58,660 60,620 62,590 60,560 62,530 63,505 70,492 85,482 100,470
108,460 103,450 103,438 110,432
""")
DARK_COAT: Final = _points("""
263,425 268,413 280,407 295,408 305,416 306,435 307,452 303,468 299,480 310,487 322,492 328,510 335,530 341,548
340,562 328,568 322,572 326,600 330,630 334,660 338,690 340,705 338,722 325,735 310,750 295,770 285,780 284,790
290,800 299,812 298,820 288,818 280,812 279,822 278,838 285,845 292,855 289,861 270,860 258,855 259,840 258,820
254,815 253,800 250,780 247,760 245,730 244,703 225,700 226,680 231,650 236,620 238,595 236,570 235,545 236,520
238,505 243,490 252,482 265,474 272,470 267,455 265,440
""")


@dataclass(frozen=True, slots=True)
class CutOut:
    """The image of one person without the background.

    Attributes:
        colour: h × w × 3, uint8, BGR; the feet are at the lower edge.
        alpha: h × w, float32 in 0..1, with soft edges.
    """

    colour: NDArray[np.uint8]
    alpha: NDArray[np.float32]

    def mirrored(self) -> CutOut:
        """Return the person facing the other way."""
        return CutOut(self.colour[:, ::-1].copy(), self.alpha[:, ::-1].copy())

    def with_brightness(self, gain: float) -> CutOut:
        """Return the person with the brightness multiplied by `gain`."""
        return CutOut(cv2.convertScaleAbs(self.colour, alpha=gain).astype(np.uint8), self.alpha)


def picture_path() -> Path:
    """Return the path of `bus.jpg` in the ultralytics package, without importing the package and torch.

    Raises:
        ClipError: The package is not installed, or has no such picture.
    """
    package = importlib.util.find_spec("ultralytics")
    for folder in (package.submodule_search_locations if package else None) or ():
        path = Path(folder) / "assets" / "bus.jpg"
        if path.is_file():
            return path
    raise ClipError(
        "the picture bus.jpg of the ultralytics package is missing: install the package "
        "(pip install ultralytics), or give a clip with VIDEO=…"
    )


def cut_out_people(picture: Path) -> tuple[CutOut, CutOut]:
    """Return the two fully visible people of the picture, the one in the light coat first.

    Raises:
        ClipError: The file is another picture.
    """
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
    crop = image[max(top, 0) : bottom, max(left, 0) : right].copy()
    outline_mask = np.zeros(crop.shape[:2], dtype=np.uint8)
    cv2.fillPoly(outline_mask, [points - (max(left, 0), max(top, 0))], (1,))
    person = _refine_edge(crop, outline_mask)
    alpha = cv2.GaussianBlur(cv2.erode(person, _disc(3)).astype(np.float32), (0, 0), 1.2)
    rows, columns = np.nonzero(alpha > 0.5)
    box = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    return CutOut(crop[box].copy(), alpha[box].astype(np.float32))


def _refine_edge(crop: NDArray[np.uint8], outline_mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    mask = np.where(outline_mask > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    mask[cv2.erode(outline_mask, _disc(_BAND_PX)) > 0] = cv2.GC_FGD
    mask[cv2.dilate(outline_mask, _disc(_BAND_PX)) == 0] = cv2.GC_BGD
    cv2.setRNGSeed(1)  # GrabCut draws random numbers
    cv2.grabCut(crop, mask, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    person = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    smooth = cv2.morphologyEx(cv2.morphologyEx(person, cv2.MORPH_OPEN, _disc(5)), cv2.MORPH_CLOSE, _disc(5))
    return smooth.astype(np.uint8)


def _disc(size: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.uint8)
