"""Route of the countries and regions whose public holidays are known."""

from __future__ import annotations

from functions.admin.public_holidays import list_holiday_regions
from functions.admin.schemas.stores import HolidayCountries, HolidayCountry, HolidayRegion
from functions.common.authentication import SuperadminDep, superadmin_router

router = superadmin_router(prefix="/admin/holiday-countries", tags=["stores"])


@router.get("", summary="List the countries with public holidays")
def list_holiday_countries(_admin: SuperadminDep) -> HolidayCountries:
    """With their regions. A store with another `country` or `region` is refused."""
    return HolidayCountries(
        countries=[
            HolidayCountry(
                country=country,
                regions=[HolidayRegion(region=region, name=name) for region, name in regions.items()],
            )
            for country, regions in list_holiday_regions().items()
        ]
    )
