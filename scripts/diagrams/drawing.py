"""Boxes, groups and arrows as SVG. The colours follow the page: light or dark, by `prefers-color-scheme`.

Browsers evaluate it for an image by the colour scheme of the element around it, so the switch of the site works too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

Side = Literal["left", "right", "top", "bottom"]
Kind = Literal["ours", "other", "data", "person"]

TITLE_CHARACTER = 7.4
DETAIL_CHARACTER = 5.9
"""The widest average width of a character in px, by which texts are checked to fit."""
_LINE = 16
_STYLE = """
text { font: 11px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #37474f; }
.title { font-size: 13px; font-weight: 600; fill: #102027; }
.group { fill: none; stroke: #78909c; stroke-dasharray: 5 4; }
.ours { fill: #e0f2f1; stroke: #00796b; }
.other { fill: #eceff1; stroke: #607d8b; }
.data { fill: #fff8e1; stroke: #b26a00; }
.person { fill: #e3f2fd; stroke: #1565c0; }
.arrow { fill: none; stroke: #455a64; stroke-width: 1.4; }
.head { fill: #455a64; }
.label { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) {
  text { fill: #b0bec5; }
  .title { fill: #eceff1; }
  .ours { fill: #12403c; stroke: #4db6ac; }
  .other { fill: #2b363c; stroke: #90a4ae; }
  .data { fill: #45371a; stroke: #ffb74d; }
  .person { fill: #16324a; stroke: #64b5f6; }
  .arrow { stroke: #b0bec5; }
  .head { fill: #b0bec5; }
  .label { stroke: #1e2129; }
}
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing: a service, a store of data, or a person.

    Attributes:
        name: What arrows call it.
        x: The left edge in px.
        y: The upper edge in px.
        width: In px.
        title: Its name on the diagram.
        details: Lines below the title.
        kind: What it is, which decides the colour.
    """

    name: str
    x: int
    y: int
    width: int
    title: str
    details: tuple[str, ...] = ()
    kind: Kind = "ours"

    @property
    def height(self) -> int:
        """The height in px, by the number of lines."""
        return 22 + _LINE * len(self.details) + 10

    def point(self, side: Side, shift: int = 0) -> tuple[int, int]:
        """Return a point of an edge: its middle, shifted along it."""
        middle_x, middle_y = self.x + self.width // 2, self.y + self.height // 2
        return {
            "left": (self.x, middle_y + shift),
            "right": (self.x + self.width, middle_y + shift),
            "top": (middle_x + shift, self.y),
            "bottom": (middle_x + shift, self.y + self.height),
        }[side]


@dataclass(frozen=True, slots=True)
class Group:
    """A frame around boxes, such as a machine or a network."""

    x: int
    y: int
    width: int
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """Data or a request from one box to another, in straight pieces.

    Attributes:
        start: The name of the first box, and the side where the arrow begins.
        end: The name of the second box, and the side where it ends.
        label: What goes along it.
        shift: By how many px its two ends are moved along their edges.
        label_at: The middle of the label; None for the middle of the arrow.
    """

    start: tuple[str, Side]
    end: tuple[str, Side]
    label: str = ""
    shift: tuple[int, int] = (0, 0)
    label_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram.

    Attributes:
        title: What it shows, for screen readers.
        width: In px.
        height: In px.
        boxes: The things.
        arrows: What goes between them.
        groups: Frames around them.
    """

    title: str
    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    groups: Sequence[Group] = ()

    def svg(self) -> str:
        """Return the file."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img" aria-labelledby="title">',
            f'<title id="title">{escape(self.title)}</title>',
            f"<style>{_STYLE}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
            'orient="auto">'
            '<path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
            *map(_group, self.groups),
            *(self._line(arrow) for arrow in self.arrows),
            *map(_box, self.boxes),
            *(self._label(arrow) for arrow in self.arrows if arrow.label),
            "</svg>\n",
        ]
        return "\n".join(parts)

    def path(self, arrow: Arrow) -> list[tuple[int, int]]:
        """Return the corners of an arrow, with its ends."""
        boxes = {box.name: box for box in self.boxes}
        (start_name, start_side), (end_name, end_side) = arrow.start, arrow.end
        start = boxes[start_name].point(start_side, arrow.shift[0])
        end = boxes[end_name].point(end_side, arrow.shift[1])
        if start[0] == end[0] or start[1] == end[1]:
            return [start, end]
        leaves_sideways, arrives_sideways = start_side in {"left", "right"}, end_side in {"left", "right"}
        if leaves_sideways and arrives_sideways:
            middle = (start[0] + end[0]) // 2
            return [start, (middle, start[1]), (middle, end[1]), end]
        if not leaves_sideways and not arrives_sideways:
            middle = (start[1] + end[1]) // 2
            return [start, (start[0], middle), (end[0], middle), end]
        return [start, (end[0], start[1]) if leaves_sideways else (start[0], end[1]), end]

    def _line(self, arrow: Arrow) -> str:
        points = " ".join(f"{x},{y}" for x, y in self.path(arrow))
        return f'<polyline class="arrow" marker-end="url(#head)" points="{points}"/>'

    def _label(self, arrow: Arrow) -> str:
        x, y = arrow.label_at or _middle(self.path(arrow))
        return f'<text class="label" x="{x}" y="{y}" text-anchor="middle">{escape(arrow.label)}</text>'


def _middle(points: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the place of a label: above the middle of the longest piece."""
    pieces = list(pairwise(points))
    (x1, y1), (x2, y2) = max(pieces, key=lambda piece: abs(piece[0][0] - piece[1][0]) + abs(piece[0][1] - piece[1][1]))
    return (x1 + x2) // 2, (y1 + y2) // 2 - 5


def _group(group: Group) -> str:
    return (
        f'<rect class="group" x="{group.x}" y="{group.y}" width="{group.width}" height="{group.height}" rx="8"/>'
        f'<text x="{group.x + 10}" y="{group.y + 17}">{escape(group.title)}</text>'
    )


def _box(box: Box) -> str:
    middle = box.x + box.width // 2
    lines = [
        f'<rect class="{box.kind}" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="6"/>',
        f'<text class="title" x="{middle}" y="{box.y + 21}" text-anchor="middle">{escape(box.title)}</text>',
    ]
    for number, detail in enumerate(box.details):
        y = box.y + 21 + _LINE * (number + 1)
        lines.append(f'<text x="{middle}" y="{y}" text-anchor="middle">{escape(detail)}</text>')
    return "".join(lines)
