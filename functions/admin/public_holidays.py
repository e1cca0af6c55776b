"""The public holidays of a country and a region, from the package `holidays`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

YEARS_BACK, YEARS_AHEAD = 3, 2
REGION_CODE = re.compile(r"[A-Z0-9]{1,8}")
"""A region of a store. The package also has cities and school zones, which have longer names."""


class CountryUnknownError(LookupError):
    """The package does not have the country."""


class RegionUnknownError(LookupError):
    """The package does not have the region of the country."""


def holiday_years(today: date) -> range:
    """Return the years whose public holidays a store has: as far back as comparisons reach, and two years ahead."""
    return range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)


@cache
def list_holiday_regions() -> dict[str, dict[str, str]]:
    """Return the countries whose public holidays are known, with their regions: by code, the name of each.

    A region without another name has its code. Codes are ISO 3166-1 alpha-2, and ISO 3166-2 without the country.
    """
    import holidays

    return {
        country: _region_names(country) for country in sorted(holidays.list_supported_countries(include_aliases=False))
    }


def _region_names(country: str) -> dict[str, str]:
    import holidays

    names = holidays.country_holidays(country).get_subdivision_aliases()
    regions = {
        code: (aliases[0] if aliases else code) for code, aliases in names.items() if REGION_CODE.fullmatch(code)
    }
    return dict(sorted(regions.items(), key=lambda region: region[1]))


def list_public_holidays(country: str, region: str | None, years: Iterable[int]) -> dict[date, str]:
    """Return the public holidays by date, with their names in the main language of the country.

    The import takes a third of a second, so it is not done when the Lambda starts.

    Args:
        country: ISO 3166-1 alpha-2.
        region: ISO 3166-2 without the country; None for the holidays of the whole country.
        years: the years.

    Raises:
        CountryUnknownError: the package does not have the country.
        RegionUnknownError: the package does not have the region.
    """
    import holidays

    try:
        of_country = holidays.country_holidays(country)
    except NotImplementedError:
        raise CountryUnknownError(country) from None
    try:
        # Without a language the names depend on the locale of the process.
        found = holidays.country_holidays(country, subdiv=region, years=years, language=of_country.default_language)
    except NotImplementedError:
        raise RegionUnknownError(region) from None
    return dict(sorted(found.items()))
