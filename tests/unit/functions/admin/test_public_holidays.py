"""The public holidays of a place, with their names in its language, whatever the locale of the process is."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from functions.admin.public_holidays import (
    CountryUnknownError,
    RegionUnknownError,
    holiday_years,
    list_public_holidays,
)


def test_a_region_adds_its_holidays_to_those_of_the_country() -> None:
    germany, bavaria = (list_public_holidays("DE", region, [2027]) for region in (None, "BY"))
    assert germany[date(2027, 3, 26)].name == "Karfreitag"
    assert list(germany) == sorted(germany)
    assert bavaria.items() >= germany.items()
    assert bavaria[date(2027, 1, 6)].name == "Heilige Drei Könige"


def test_the_names_are_in_the_languages_of_the_dashboard_that_the_list_of_the_country_has() -> None:
    immaculate = list_public_holidays("IT", None, [2026])[date(2026, 12, 8)]
    assert immaculate.names == {"en": "Immaculate Conception", "it": immaculate.name}
    christmas = list_public_holidays("CH", "ZH", [2026])[date(2026, 12, 25)]
    assert christmas.names["fr"] == "Noël"
    assert christmas.names.keys() == {"en", "de", "fr", "it"}
    assert list_public_holidays("JP", None, [2026])[date(2026, 1, 1)].names.keys() == {"en"}


@pytest.mark.parametrize("language", ["C", "de_DE.UTF-8", "en_US.UTF-8"])
def test_the_names_do_not_depend_on_the_locale(language: str) -> None:
    code = (
        "from functions.admin.public_holidays import *\n"
        "print(*(holiday.name for holiday in list_public_holidays('IT', None, [2027]).values()))"
    )
    environ = {"LANG": language, "LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert told.stdout.startswith("Capodanno Epifania")


def test_an_unknown_place_is_an_error() -> None:
    with pytest.raises(CountryUnknownError):
        list_public_holidays("XX", None, [2027])
    with pytest.raises(RegionUnknownError):
        list_public_holidays("DE", "ZZ", [2027])


def test_a_store_has_the_holidays_of_three_years_back_and_two_ahead() -> None:
    assert list(holiday_years(date(2026, 11, 26))) == [2023, 2024, 2025, 2026, 2027, 2028]
