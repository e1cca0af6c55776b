"""Time zones: canonical names, names that the database lacks, and disagreements of the two copies of the IANA data."""

from __future__ import annotations

import shutil
import zoneinfo
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from functions.admin.maintenance_jobs import TimeZoneError, check_time_zones
from functions.admin.schemas import values
from tests.factories import make_store
from tests.integration.functions.admin.conftest import Admin

Connection = psycopg.Connection[Any]


@pytest.fixture
def other_tzdata(tmp_path: Path) -> Iterator[Path]:
    """A folder of time zones that this process uses before all others; empty."""
    zoneinfo.reset_tzpath([tmp_path])
    yield tmp_path
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


def problems_of(admin: Admin, timezone: str) -> list[str]:
    found = admin.get("/admin/health")["time_zone_problems"]
    return [problem["detail"] for problem in found if problem["timezone"] == timezone]


@pytest.mark.parametrize(("sent", "stored"), [("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Kiev", "Europe/Kyiv")])
def test_an_alias_is_accepted_and_its_canonical_name_is_stored(
    admin: Admin, connection: Connection, sent: str, stored: str
) -> None:
    store = admin.store(timezone=sent)
    assert admin.get(store)["timezone"] == stored
    changed = admin.ask("PATCH", admin.store(), {"timezone": sent})
    assert changed["timezone"] == stored
    rows = connection.execute("SELECT timezone FROM store_settings WHERE store_id = %s", [changed["store_id"]])
    assert rows.fetchall() == [(stored,)]


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "EST5EDT"])
def test_a_name_that_is_no_place_is_refused(admin: Admin, name: str) -> None:
    (error,) = admin.post("/admin/stores", {"name": "Shop", "timezone": name}, 422)["errors"]
    assert error["loc"] == ["body", "timezone"]
    assert "Must be the IANA time zone of a place" in error["message"]


def test_a_name_that_the_database_lacks_is_refused(admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    store = admin.store()
    # As with newer IANA data in the application.
    monkeypatch.setattr(values, "canonical_time_zone", lambda name: name)
    for answer in (
        admin.post("/admin/stores", {"name": "Shop", "timezone": "Mars/Base"}, 422),
        admin.ask("PATCH", store, {"timezone": "Mars/Base"}, 422),
    ):
        (error,) = answer["errors"]
        assert (error["loc"], error["type"]) == (["body", "timezone"], "time_zone_unknown")
        assert "The database does not know the time zone Mars/Base." in error["message"]
    assert admin.get(store)["timezone"] == "Europe/Berlin"


def test_a_disagreement_about_a_zone_in_use_is_told(admin: Admin, connection: Connection, other_tzdata: Path) -> None:
    make_store(connection, timezone="Pacific/Chatham")
    assert problems_of(admin, "Pacific/Chatham") == []
    (other_tzdata / "Pacific").mkdir()
    with as_file(files("tzdata") / "zoneinfo" / "Pacific" / "Auckland") as auckland:
        shutil.copy(auckland, other_tzdata / "Pacific" / "Chatham")
    zoneinfo.ZoneInfo.clear_cache()
    (detail,) = problems_of(admin, "Pacific/Chatham")
    assert "The database and the application disagree about Pacific/Chatham from 20" in detail
    assert "825 and 780 minutes ahead of UTC" in detail
    assert "Update the older time zone data" in detail
    with pytest.raises(TimeZoneError, match="disagree about Pacific/Chatham"):
        check_time_zones(connection)


def test_a_zone_in_use_that_the_database_lacks_is_told(
    admin: Admin, connection: Connection, other_tzdata: Path
) -> None:
    store_id = make_store(connection)
    set_time_zone(connection, store_id, "Mars/Base")
    try:
        (detail,) = problems_of(admin, "Mars/Base")
        assert "The application does not know the time zone Mars/Base" in detail
        (other_tzdata / "Mars").mkdir()
        with as_file(files("tzdata") / "zoneinfo" / "Etc" / "UTC") as utc:
            shutil.copy(utc, other_tzdata / "Mars" / "Base")
        zoneinfo.ZoneInfo.clear_cache()
        (detail,) = problems_of(admin, "Mars/Base")
        assert "The database does not know the time zone Mars/Base" in detail
        with pytest.raises(TimeZoneError, match="The database does not know the time zone Mars/Base"):
            check_time_zones(connection)
    finally:
        set_time_zone(connection, store_id, "UTC")


def set_time_zone(connection: Connection, store_id: UUID, name: str) -> None:
    """Set a time zone that the admin API would refuse: the server had it when it was set."""
    connection.execute("UPDATE stores SET timezone = %s WHERE id = %s", [name, store_id])
