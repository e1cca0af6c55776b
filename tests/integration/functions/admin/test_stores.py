"""Stores through the admin API: made, changed, refused, archived and restored."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.functions.admin.conftest import Admin, error_locations


def test_a_store_is_made_read_changed_and_listed(admin: Admin) -> None:
    store = admin.store(day_start="04:00", capacity=80, opening_hours={"mon": [["09:00", "20:00"]], "fri": []})
    read = admin.get(store)
    assert {name: read[name] for name in ("name", "timezone", "day_start", "capacity", "opening_hours")} == {
        "name": "Corner shop",
        "timezone": "Europe/Berlin",
        "day_start": "04:00",
        "capacity": 80,
        "opening_hours": {"mon": [["09:00", "20:00"]], "fri": []},
    }
    assert (read["cameras"], read["cameras_online"], read["owners"], read["pending_invites"]) == (0, 0, 0, 0)
    changed = admin.ask("PATCH", store, {"capacity": None, "timezone": "Asia/Kathmandu"})
    assert (changed["capacity"], changed["timezone"], changed["name"]) == (None, "Asia/Kathmandu", "Corner shop")
    assert changed in admin.get("/admin/stores")["stores"]


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "a\u0000b"}, "name"),
        ({"name": None}, "name"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"day_start": "25:00"}, "day_start"),
        ({"day_start": "04:00:30"}, "day_start"),
        ({"day_start": "04:10"}, "day_start"),
        ({"day_start": "04:00+02:00"}, "day_start"),
        ({"closing_grace_minutes": 50}, "closing_grace_minutes"),
        ({"closing_grace_minutes": 255}, "closing_grace_minutes"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 2**31}, "capacity"),
        ({"capacity": "80"}, "capacity"),
        ({"opening_hours": {"monday": []}}, "opening_hours"),
        ({"opening_hours": {"mon": [["9", "20"]]}}, "opening_hours"),
        ({"opening_hours": {"mon": [["09:00"]]}}, "opening_hours"),
        ({"opening_hours": {"mon": [["09:00", "12:00"], ["11:45", "13:00"]]}}, "opening_hours"),
        ({"owner": "me"}, "owner"),
    ],
)
def test_a_store_that_makes_no_sense_is_refused_by_its_member(
    admin: Admin, changes: dict[str, Any], member: str
) -> None:
    body = {"name": "Shop", "timezone": "Europe/Berlin", **changes}
    assert any(loc[:2] == ["body", member] for loc in error_locations(admin.post("/admin/stores", body, 422)))
    store = admin.store()
    assert any(loc[:2] == ["body", member] for loc in error_locations(admin.ask("PATCH", store, changes, 422)))


@pytest.mark.parametrize(
    ("hours", "named"),
    [
        ({"mon": [["09:00", "12:00"], ["09:00", "12:00"]]}, "Monday 09:00–12:00 overlaps Monday 09:00–12:00"),
        ({"mon": [["14:00", "20:00"], ["09:00", "14:15"]]}, "Monday 09:00–14:15 overlaps Monday 14:00–20:00"),
        ({"mon": [["09:00", "05:00"]], "tue": [["01:00", "02:00"]]}, "Monday 09:00–05:00 overlaps Tuesday 01:00–02:00"),
        ({"mon": [["09:00", "05:00"], ["01:00", "02:00"]]}, "Monday 09:00–05:00 overlaps Monday 01:00–02:00"),
        ({"mon": [["18:00", "02:00"], ["12:00", "15:00"]]}, None),
        ({"sun": [["20:00", "03:00"]], "mon": [["02:45", "03:00"]]}, "Sunday 20:00–03:00 overlaps Monday 02:45–03:00"),
        (
            {"fri": [["18:00", "18:00"]], "sat": [["17:45", "23:00"]]},
            "Friday 18:00–18:00 overlaps Saturday 17:45–23:00",
        ),
        ({"sun": [["20:00", "03:00"]], "mon": [["03:00", "24:00"]], "tue": [["00:00", "09:00"]]}, None),
        ({day: [["06:00", "06:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}, None),
    ],
)
def test_opening_spans_that_overlap_are_refused_with_their_names(
    admin: Admin, hours: dict[str, Any], named: str | None
) -> None:
    store = admin.store()
    if named is None:
        assert admin.ask("PATCH", store, {"opening_hours": hours})["opening_hours"] == hours
        return
    (error,) = admin.ask("PATCH", store, {"opening_hours": hours}, 422)["errors"]
    assert error["loc"] == ["body", "opening_hours"]
    assert named in error["message"]
    assert "continues on the next day" in error["message"]
    assert admin.get(store)["opening_hours"] is None


def test_an_archived_store_is_out_of_sight_until_it_is_restored(admin: Admin) -> None:
    store = admin.store()
    key = admin.post(f"{store}/worker-keys", {"name": "box"})
    assert admin.post(f"{store}/archive", status=200)["archived_at"]
    assert admin.get(store) not in admin.get("/admin/stores")["stores"]
    assert admin.get(store) in admin.get("/admin/stores?include_archived=true")["stores"]
    for attempt in (
        admin.ask("PATCH", store, {"name": "x"}, 409),
        admin.post(f"{store}/cameras", {"name": "x"}, 409),
        admin.post(f"{store}/worker-keys", {"name": "x"}, 409),
    ):
        assert attempt["type"] == "store_archived"
    assert admin.post(f"{store}/restore", status=200)["archived_at"] is None
    (revoked,) = admin.get(f"{store}/worker-keys")["worker_keys"]
    assert (revoked["worker_key_id"], revoked["revoked_at"] is not None) == (key["worker_key_id"], True)


@pytest.mark.parametrize("path", ["", "/cameras", "/owners", "/worker-keys"])
def test_a_store_that_is_not_there_is_not_found(admin: Admin, path: str) -> None:
    assert admin.get(f"/admin/stores/{uuid4()}{path}", 404)["type"] == "store_not_found"


def test_the_countries_and_regions_that_are_listed_are_those_of_a_store(admin: Admin) -> None:
    countries = {entry["country"]: entry["regions"] for entry in admin.get("/admin/holiday-countries")["countries"]}
    assert {"region": "BY", "name": "Bayern"} in countries["DE"]
    assert {"region": "MD", "name": "Madrid"} in countries["ES"]
    for country, region in (("DE", "BY"), ("ES", "MD"), ("FR", None)):
        store = admin.post(
            "/admin/stores",
            {"name": "Shop", "timezone": "Europe/Berlin", "country": country, "region": region},
        )
        assert (store["country"], store["region"]) == (country, region)
    assert all(len(region["region"]) <= 8 for regions in countries.values() for region in regions)
