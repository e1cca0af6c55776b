"""The diagrams of the documentation: up to date, readable, and from this repository only."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from scripts.diagrams.__main__ import FOLDER
from scripts.diagrams.content import DIAGRAMS
from scripts.diagrams.drawing import DETAIL_CHARACTER, TITLE_CHARACTER, Box, Diagram

each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS.values(), ids=DIAGRAMS.keys())


def crosses(box: Box, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a straight horizontal or vertical piece touches a box."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    return left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y


@pytest.mark.parametrize("name", DIAGRAMS)
def test_the_file_is_what_the_script_writes(name: str) -> None:
    assert (FOLDER / name).read_text() == DIAGRAMS[name].svg(), "run `python -m scripts.diagrams`"


def test_there_is_no_other_file_and_each_is_on_the_page() -> None:
    assert {path.name for path in FOLDER.iterdir()} == DIAGRAMS.keys()
    page = (FOLDER.parents[1] / "architecture.md").read_text()
    assert [name for name in DIAGRAMS if f"(images/architecture/{name})" not in page] == []


@each_diagram
def test_it_is_well_formed_has_a_title_and_loads_nothing(diagram: Diagram) -> None:
    root = ElementTree.fromstring(diagram.svg())  # noqa: S314 - our own file
    assert root.findtext("{http://www.w3.org/2000/svg}title") == diagram.title
    assert re.findall(r"https?://[^\"]+", diagram.svg()) == ["http://www.w3.org/2000/svg"]


@each_diagram
def test_texts_fit_into_their_boxes(diagram: Diagram) -> None:
    for box in diagram.boxes:
        widths = [len(box.title) * TITLE_CHARACTER, *(len(line) * DETAIL_CHARACTER for line in box.details)]
        assert max(widths) <= box.width, box.name


@each_diagram
def test_boxes_are_apart_and_inside(diagram: Diagram) -> None:
    for box in diagram.boxes:
        assert box.x >= 0
        assert box.x + box.width <= diagram.width
        assert box.y + box.height <= diagram.height
    for one, other in combinations(diagram.boxes, 2):
        corner = (other.x, other.y), (other.x + other.width, other.y + other.height)
        assert not crosses(one, *corner), (one.name, other.name)


@each_diagram
def test_no_arrow_crosses_a_box(diagram: Diagram) -> None:
    crossed = [
        (arrow.start[0], arrow.end[0], box.name)
        for arrow in diagram.arrows
        for piece in pairwise(diagram.path(arrow))
        for box in diagram.boxes
        if crosses(box, *piece)
    ]
    assert crossed == []
