"""Which pictures `make screenshots` takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from screenshots.__main__ import choose, main, needed_states
from screenshots.contact_sheet import write_contact_sheets
from screenshots.pictures import LANGUAGES, MAIN_PAGES, App, pictures, views
from screenshots.showcase import ADMIN
from screenshots.stores import State, afternoon_zone, owners


def test_the_stores_and_the_store_page_are_shown_in_every_state_language_theme_and_width() -> None:
    names = [picture.file_name for view in views() if view.name in MAIN_PAGES for picture in pictures(view)]
    assert len(names) == 72
    assert "store-degraded-de-dark-360.png" in names


def test_every_other_page_has_six_pictures_and_every_file_a_name_of_its_own() -> None:
    names = [picture.file_name for view in views() for picture in pictures(view)]
    assert len(set(names)) == len(names) == 6 * len(views())


def test_the_pages_of_superadmins_are_shown_in_german_too() -> None:
    pages = [
        view for view in views() if view.app is App.ADMIN and view.email == ADMIN and view.name != "admin-not-found"
    ]
    names = {language: {view.name for view in pages if view.language == language} for language in LANGUAGES}
    assert names["de"] == names["en"]
    assert {"admin-certificate", "admin-overview-overdue", "admin-audit", "admin-setup"} <= names["de"]


def test_pages_and_pictures_are_chosen_by_patterns() -> None:
    chosen = choose("store-full-*,sign-in", "*-dark-360")
    names = [picture.file_name for shown in chosen.values() for picture in shown]
    assert names == ["store-full-en-dark-360.png", "store-full-de-dark-360.png", "sign-in-dark-360.png"]
    assert needed_states(chosen) == {State.FULL}


def test_a_pattern_without_a_picture_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--pages", "no-such-page"]) == 2
    assert "no picture has such a name" in capsys.readouterr().err


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("month", [1, 7])
def test_it_is_afternoon_in_the_stores(hour: int, month: int) -> None:
    now = datetime(2026, month, 10, hour, 20, tzinfo=UTC)
    local = now.astimezone(ZoneInfo(afternoon_zone(now)))
    assert 15 <= local.hour <= 17
    assert {owner.stores[0].store.timezone for owner in owners(now).values()} == {str(local.tzinfo)}


def test_the_cameras_of_a_store_count_different_visits() -> None:
    for owner in owners(datetime(2026, 11, 20, 12, tzinfo=UTC)).values():
        for shown in owner.stores:
            assert len({camera.source.number for camera in shown.cameras}) == len(shown.cameras)
            assert {camera.source.id for camera in shown.cameras} == {shown.store.id}


def test_a_broken_store_has_a_camera_that_is_away_and_one_that_delivers_late() -> None:
    front, side = owners(datetime(2026, 11, 20, 12, tzinfo=UTC))[State.DEGRADED].stores[0].cameras
    assert front.is_online
    assert front.silent_for > timedelta(minutes=30)
    assert not side.is_online


def test_the_contact_sheets_have_the_pictures_that_were_taken(tmp_path: Path) -> None:
    chosen = choose("store-full-en,sign-in,admin-audit-de", "")
    for shown in chosen.values():
        for picture in shown:
            taken = Image.new("RGB", (picture.width, picture.width), "navy")
            taken.save(tmp_path / picture.file_name, compress_level=1)
    sheets = write_contact_sheets(list(chosen), tmp_path, tmp_path / "sheets")
    assert [sheet.name for sheet in sheets] == [
        "screenshots-store.webp",
        "screenshots-others.webp",
        "screenshots-admin.webp",
    ]
    with Image.open(sheets[0]) as sheet:
        assert sheet.width == 2 * (140 + 330 + 400) + 7 * 10
