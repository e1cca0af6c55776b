"""Drawing of boxes, paths, anchors, the line and the counts on an image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot

import cv2
import numpy as np

from edge_worker.counting.line import Anchor, Line
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import Image

Colour = tuple[int, int, int]
IN_COLOUR: Colour = (90, 180, 60)
OUT_COLOUR: Colour = (60, 90, 220)
LINE_COLOUR: Colour = (0, 200, 255)
PERSON_COLOUR: Colour = (220, 160, 40)
WHITE: Colour = (255, 255, 255)
_FONT = cv2.FONT_HERSHEY_SIMPLEX


def draw_line(image: Image, line: Line) -> None:
    """Draw the line with its ends a and b and an arrow to the IN side."""
    height, width = image.shape[:2]
    ax, ay, bx, by = line.in_pixels(width, height)
    cv2.line(image, _pixel(ax, ay), _pixel(bx, by), LINE_COLOUR, 2, cv2.LINE_AA)
    length = max(1.0, hypot(bx - ax, by - ay))
    # The right-hand side of a→b with y downwards is (-dy, dx).
    nx, ny = -(by - ay) / length, (bx - ax) / length
    reach = 0.07 * height
    middle = ((ax + bx) / 2, (ay + by) / 2)
    tip = (middle[0] + nx * reach, middle[1] + ny * reach)
    cv2.arrowedLine(image, _pixel(*middle), _pixel(*tip), IN_COLOUR, 2, cv2.LINE_AA, tipLength=0.35)
    draw_text(image, "IN", (tip[0] + nx * 8 - 6, tip[1] + ny * 8 + 4), IN_COLOUR)
    for name, x, y in (("a", ax, ay), ("b", bx, by)):
        cv2.circle(image, _pixel(x, y), 3, LINE_COLOUR, -1, cv2.LINE_AA)
        draw_text(image, name, (min(max(x, 4), width - 10) + 3, min(max(y, 12), height - 4) - 4), LINE_COLOUR)


def draw_track(image: Image, track: Track, anchor: Anchor, path: Sequence[tuple[float, float]] = ()) -> None:
    """Draw the box, id and anchor of a person, and the path of the anchor in pixels."""
    x1, y1, x2, y2 = track.box
    cv2.rectangle(image, _pixel(x1, y1), _pixel(x2, y2), PERSON_COLOUR, 1, cv2.LINE_AA)
    draw_text(image, f"{track.tracker_id}", (x1, y1 - 3), PERSON_COLOUR)
    if len(path) > 1:
        points = np.array([_pixel(x, y) for x, y in path], np.int32)
        cv2.polylines(image, [points], False, PERSON_COLOUR, 1, cv2.LINE_AA)
    cv2.circle(image, _pixel(*anchor.of(track.box)), 3, WHITE, -1, cv2.LINE_AA)


def draw_counts(image: Image, ins: int, outs: int) -> None:
    """Draw the counts so far, bottom left."""
    height = image.shape[0]
    cv2.rectangle(image, (0, height - 24), (150, height), (30, 30, 30), -1)
    draw_text(image, f"IN {ins}", (8, height - 8), IN_COLOUR, 0.5)
    draw_text(image, f"OUT {outs}", (76, height - 8), OUT_COLOUR, 0.5)


def draw_grid(image: Image, divisions: int = 10) -> None:
    """Draw a labelled grid at every tenth of width and height."""
    height, width = image.shape[:2]
    overlay = image.copy()
    for i in range(1, divisions):
        x, y = round(width * i / divisions), round(height * i / divisions)
        cv2.line(overlay, (x, 0), (x, height), WHITE, 1)
        cv2.line(overlay, (0, y), (width, y), WHITE, 1)
    cv2.addWeighted(overlay, 0.4, image, 0.6, 0, dst=image)
    for i in range(1, divisions):
        draw_text(image, f"{i / divisions:g}", (width * i / divisions + 2, 11), WHITE, 0.35)
        draw_text(image, f"{i / divisions:g}", (2, height * i / divisions - 2), WHITE, 0.35)


def draw_anchors(image: Image, anchors: Iterable[tuple[float, float]]) -> None:
    """Draw anchors as small crosses."""
    for x, y in anchors:
        cv2.drawMarker(image, _pixel(x, y), LINE_COLOUR, cv2.MARKER_CROSS, 8, 1, cv2.LINE_AA)


def draw_text(image: Image, text: str, at: tuple[float, float], colour: Colour, size: float = 0.4) -> None:
    """Draw text with a dark outline, readable on any image."""
    cv2.putText(image, text, _pixel(*at), _FONT, size, (20, 20, 20), 3, cv2.LINE_AA)
    cv2.putText(image, text, _pixel(*at), _FONT, size, colour, 1, cv2.LINE_AA)


def _pixel(x: float, y: float) -> tuple[int, int]:
    return round(x), round(y)
