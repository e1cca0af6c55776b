"""Canonical names of time zones, from the IANA data itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from db.timescale.time_zones import canonical_time_zone, is_time_zone

YEARS = [datetime(2016, 1, 1, tzinfo=UTC) + n * timedelta(days=9) for n in range(600)]


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),  # what Chrome in India reports
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("US/Pacific", "America/Los_Angeles"),
        ("GB", "Europe/London"),
        ("CET", "Europe/Brussels"),
        ("Etc/UTC", "UTC"),
        ("Zulu", "UTC"),
        ("GMT", "Etc/GMT"),
    ],
)
def test_an_alias_has_the_canonical_name_of_its_place(alias: str, name: str) -> None:
    assert canonical_time_zone(alias) == name


@pytest.mark.parametrize("name", ["Europe/Berlin", "Europe/Oslo", "Africa/Asmara", "UTC", "Etc/GMT-14"])
def test_a_canonical_name_stays(name: str) -> None:
    assert canonical_time_zone(name) == name


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "EST5EDT", "Mars/Olympus", "europe/berlin", ""])
def test_what_names_no_place_and_no_fixed_offset_has_no_canonical_name(name: str) -> None:
    assert canonical_time_zone(name) is None


def test_zones_without_a_canonical_name_are_still_time_zones() -> None:
    assert is_time_zone("EST5EDT")
    assert is_time_zone("Asia/Calcutta")
    assert not is_time_zone("localtime")


def test_the_canonical_name_of_a_canonical_name_is_itself() -> None:
    canonical = {canonical_time_zone(name) for name in available_timezones()} - {None}
    assert {canonical_time_zone(str(name)) for name in canonical} == canonical


def test_an_alias_and_its_canonical_name_show_the_same_clock() -> None:
    for name in available_timezones():
        canonical = canonical_time_zone(name)
        if canonical not in {None, name}:
            clocks = [ZoneInfo(zone) for zone in (name, str(canonical))]
            assert all(len({at.astimezone(clock).utcoffset() for clock in clocks}) == 1 for at in YEARS), name
