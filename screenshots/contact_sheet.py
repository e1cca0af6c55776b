"""Contact sheets: small copies of the pictures on a few images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from screenshots.pictures import MAIN_PAGES, THEMES, WIDTHS, App, Picture, Theme, View

THUMBNAIL_WIDTHS: Final = {360: 140, 1440: 330, 2560: 400}
"""The width of the small copy of a picture of each width, in pixels."""
_HEIGHT: Final = 330
_LABEL_HEIGHT: Final = 20
_GAP: Final = 10
_COLUMNS: Final = 3
_QUALITY: Final = 68
_BACKGROUND: Final = (229, 231, 235)
_INK: Final = (31, 41, 55)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A view and the pictures of it that stand side by side."""

    view: View
    pictures: tuple[Picture, ...]

    @property
    def width(self) -> int:
        return sum(THUMBNAIL_WIDTHS[picture.width] + _GAP for picture in self.pictures)


def write_contact_sheets(views: Sequence[View], pictures: Path, folder: Path) -> list[Path]:
    """Write the sheets of some views: the stores page, the store page, the other pages of owners, and the admin pages.

    Args:
        views: The views, in their order on the sheets. Those without a picture are left out.
        pictures: The folder of the pictures.
        folder: Where the sheets go.

    Returns:
        The files of the sheets.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in MAIN_PAGES:
        cells = _cells((view for view in views if view.name == name), pictures, WIDTHS, THEMES)
        written += _write(cells, 1, pictures, folder / f"screenshots-{name}.webp")
    for name, app in (("others", App.DASHBOARD), ("admin", App.ADMIN)):
        others = [view for view in views if view.name not in MAIN_PAGES and view.app is app]
        pairs = _desktop_and_phone(others, pictures)
        written += _write(pairs, _COLUMNS, pictures, folder / f"screenshots-{name}.webp")
    return written


def _desktop_and_phone(views: Sequence[View], folder: Path) -> list[_Cell]:
    desktop = _cells(views, folder, (1440,), ("light",))
    phone = {cell.view: cell for cell in _cells(views, folder, (360,), ("dark",))}
    return [
        _Cell(cell.view, cell.pictures + phone[cell.view].pictures) if cell.view in phone else cell for cell in desktop
    ]


def _cells(
    views: Iterator[View] | Sequence[View], folder: Path, widths: Sequence[int], themes: Sequence[Theme]
) -> list[_Cell]:
    cells = []
    for view in views:
        all_pictures = (Picture(view, width, theme) for theme in themes for width in widths)
        taken = tuple(picture for picture in all_pictures if (folder / picture.file_name).exists())
        if taken:
            cells.append(_Cell(view, taken))
    return cells


def _write(cells: Sequence[_Cell], columns: int, pictures: Path, path: Path) -> list[Path]:
    if not cells:
        return []
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    width = max(sum(cell.width for cell in row) for row in rows) + _GAP
    row_height = _LABEL_HEIGHT + _HEIGHT + _GAP
    sheet = Image.new("RGB", (width, row_height * len(rows) + _GAP), _BACKGROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    for index, row in enumerate(rows):
        left, top = _GAP, _GAP + index * row_height
        for cell in row:
            draw.text((left, top), cell.view.key, fill=_INK, font=font)
            for picture in cell.pictures:
                small = _thumbnail(pictures / picture.file_name, THUMBNAIL_WIDTHS[picture.width])
                sheet.paste(small, (left, top + _LABEL_HEIGHT))
                left += small.width + _GAP
    sheet.save(path, quality=_QUALITY, method=6)
    return [path]


def _thumbnail(path: Path, width: int) -> Image.Image:
    """Return the upper part of a picture, scaled to a width."""
    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    return small.crop((0, 0, width, min(height, _HEIGHT)))
