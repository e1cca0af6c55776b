"""`make screenshots` on the running stack: one page in one width, with the store that works."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageStat
from playwright.sync_api import Browser

from local.stack.stack import Stack
from screenshots.__main__ import choose
from screenshots.capture import Photographer
from screenshots.showcase import write_showcase
from screenshots.stores import State


def width(path: Path) -> int:
    """The width of a picture in pixels."""
    with Image.open(path) as picture:
        return picture.width


def brightness(path: Path) -> float:
    """The mean brightness of a picture, 0 to 255."""
    with Image.open(path) as picture:
        return ImageStat.Stat(picture.convert("L")).mean[0]


def test_a_page_is_photographed_in_both_themes_without_problems(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    chosen = choose("store-empty-de,sign-in", "*-360")
    with write_showcase(stack, frozenset({State.EMPTY})) as showcase:
        photographer = Photographer(browser, showcase, "/", tmp_path)
        for view, shown in chosen.items():
            photographer.take(view, shown)
    assert photographer.problems == []
    names = [picture.file_name for shown in chosen.values() for picture in shown]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert {width(tmp_path / name) for name in names} == {360}
    light, dark = (brightness(tmp_path / f"store-empty-de-{theme}-360.png") for theme in ("light", "dark"))
    assert light > 200
    assert dark < 60
