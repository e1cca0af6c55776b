"""Route that finds cities by their names."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from functions.admin.cities import SMALLEST_CITY, load_cities
from functions.admin.schemas.cities import Cities, City
from functions.common.authentication import SuperadminDep, superadmin_router

MAX_CITIES = 20
"""The most cities of a response."""

NameQuery = Annotated[
    str, Query(max_length=100, description="A name in any language and spelling, or its beginning (3 letters).")
]
CountryQuery = Annotated[
    str | None, Query(pattern="^[A-Z]{2}$", description="Only cities of this country, ISO 3166-1 alpha-2.")
]
RegionQuery = Annotated[
    str | None,
    Query(pattern="^[A-Z0-9]{1,8}$", description="Only cities of this first administrative division (GeoNames' code)."),
]

router = superadmin_router(prefix="/admin/cities", tags=["stores"])


@router.get(
    "",
    summary="Find cities by name",
    description=f"Cities of at least {SMALLEST_CITY:,} people, and capitals. Exact names come first, and the largest of"
    f" them; at most {MAX_CITIES}. Without a name: the largest cities of the country. Data of GeoNames, CC BY 4.0.",
)
def find_cities(
    _admin: SuperadminDep, name: NameQuery = "", country: CountryQuery = None, region: RegionQuery = None
) -> Cities:
    """Find cities: none without a name and a country."""
    found = load_cities().find(name, country=country, region=region)[:MAX_CITIES]
    return Cities(cities=[City.model_validate(city, from_attributes=True) for city in found])
