"""The public holidays of a country and a region, from the package `holidays`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

YEARS_BACK, YEARS_AHEAD = 3, 2
REGION_CODE = re.compile(r"[A-Z0-9]{1,8}")
"""A region of a store. The package also has cities and school zones, which have longer names."""

LANGUAGES = ("en", "de", "es", "fr", "it")
"""The languages of the dashboard. A list has some of them."""


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """What a public holiday is called.

    Attributes:
        name: in the main language of the country.
        names: by language, in those of `LANGUAGES` that the list of the country has.
    """

    name: str
    names: Mapping[str, str]


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


def list_public_holidays(country: str, region: str | None, years: Iterable[int]) -> dict[date, PublicHoliday]:
    """Return the public holidays by date, with their names.

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
    years = list(years)

    def named_in(language: str | None) -> dict[date, str]:
        # Without a language the names depend on the locale of the process.
        return dict(holidays.country_holidays(country, subdiv=region, years=years, language=language))

    try:
        found = named_in(of_country.default_language)
    except NotImplementedError:
        raise RegionUnknownError(region) from None
    offered = {language: _find_locale(language, of_country.supported_languages) for language in LANGUAGES}
    translated = {language: named_in(locale) for language, locale in offered.items() if locale is not None}
    return {
        day: PublicHoliday(found[day], {language: names[day] for language, names in translated.items()})
        for day in sorted(found)
    }


def _find_locale(language: str, offered: Sequence[str]) -> str | None:
    """Return the first locale of a language, such as `it_IT` of `it`, or None."""
    return next((locale for locale in offered if locale.split("_")[0] == language), None)
