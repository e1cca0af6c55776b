"""`GET /admin/cities` finds cities of the world by their names, as the form of a store does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.functions.admin.conftest import Admin


def find(admin: Admin, query: str) -> list[dict[str, Any]]:
    cities: list[dict[str, Any]] = admin.get(f"/admin/cities?{query}")["cities"]
    return cities


def test_a_city_has_what_a_store_in_it_needs(admin: Admin) -> None:
    [city, *_] = find(admin, "name=K%C3%B6ln")
    assert city.pop("population") > 900_000
    assert city == {"name": "Köln", "country": "DE", "region": "07", "timezone": "Europe/Berlin"}


def test_the_country_and_the_region_narrow_the_search(admin: Admin) -> None:
    assert find(admin, "name=London")[0]["country"] == "GB"
    assert find(admin, "name=London&country=CA")[0]["timezone"] == "America/Toronto"
    assert find(admin, "name=Florence&country=US&region=SC")[0]["timezone"] == "America/New_York"
    assert find(admin, "country=IT")[0]["timezone"] == "Europe/Rome"


def test_there_are_few_cities_in_a_response_and_none_without_a_question(admin: Admin) -> None:
    assert len(find(admin, "country=US")) == 20
    assert find(admin, "") == find(admin, "name=Qwertyville") == []


@pytest.mark.parametrize("query", ["country=Germany", "name=Rome&region=a%20b", "name=" + "a" * 101])
def test_other_parameters_are_refused(admin: Admin, query: str) -> None:
    response = admin.client.get(f"/admin/cities?{query}", headers=admin.headers)
    assert response.status_code == 422
