"""Cities are found by their names in the languages of the pages, with and without accents, and by their beginning."""

from __future__ import annotations

import pytest

from functions.admin.cities import City, CityIndex, load_cities

SPELLINGS = [
    ("Köln", "DE", "Europe/Berlin"),
    ("Koeln", "DE", "Europe/Berlin"),
    ("Koln", "DE", "Europe/Berlin"),
    ("Cologne", "DE", "Europe/Berlin"),
    ("Colonia", "DE", "Europe/Berlin"),
    ("München", "DE", "Europe/Berlin"),
    ("MUENCHEN", "DE", "Europe/Berlin"),
    ("Munich", "DE", "Europe/Berlin"),
    ("Monaco di Baviera", "DE", "Europe/Berlin"),
    ("Düsseldorf", "DE", "Europe/Berlin"),
    ("Duesseldorf", "DE", "Europe/Berlin"),
    ("Göttingen", "DE", "Europe/Berlin"),
    ("Goettingen", "DE", "Europe/Berlin"),
    ("Frankfurt", "DE", "Europe/Berlin"),
    ("Frankfurt am Main", "DE", "Europe/Berlin"),
    ("Roma", "IT", "Europe/Rome"),
    ("Rome", "IT", "Europe/Rome"),
    ("Rom", "IT", "Europe/Rome"),
    ("Milano", "IT", "Europe/Rome"),
    ("Mailand", "IT", "Europe/Rome"),
    ("Milán", "IT", "Europe/Rome"),
    ("Firenze", "IT", "Europe/Rome"),
    ("Florenz", "IT", "Europe/Rome"),
    ("Venedig", "IT", "Europe/Rome"),
    ("L'Aquila", "IT", "Europe/Rome"),
    ("Wien", "AT", "Europe/Vienna"),
    ("Vienna", "AT", "Europe/Vienna"),
    ("Genève", "CH", "Europe/Zurich"),
    ("Genf", "CH", "Europe/Zurich"),
    ("Zuerich", "CH", "Europe/Zurich"),
    ("St. Gallen", "CH", "Europe/Zurich"),
    ("Praha", "CZ", "Europe/Prague"),
    ("Prag", "CZ", "Europe/Prague"),
    ("Kraków", "PL", "Europe/Warsaw"),
    ("Krakau", "PL", "Europe/Warsaw"),
    ("Lodz", "PL", "Europe/Warsaw"),
    ("Sevilla", "ES", "Europe/Madrid"),
    ("La Coruña", "ES", "Europe/Madrid"),
    ("Lyon", "FR", "Europe/Paris"),
    ("Straßburg", "FR", "Europe/Paris"),
    ("Saint-Étienne", "FR", "Europe/Paris"),
    ("Brüssel", "BE", "Europe/Brussels"),
    ("Lüttich", "BE", "Europe/Brussels"),
    ("København", "DK", "Europe/Copenhagen"),
    ("Kopenhagen", "DK", "Europe/Copenhagen"),
    ("Lisboa", "PT", "Europe/Lisbon"),
    ("São Paulo", "BR", "America/Sao_Paulo"),
    ("New York", "US", "America/New_York"),
    ("London", "GB", "Europe/London"),
]


@pytest.mark.parametrize(("name", "country", "timezone"), SPELLINGS, ids=str)
def test_a_name_finds_its_city(name: str, country: str, timezone: str) -> None:
    first = load_cities().find(name)[0]
    assert (first.country, first.timezone) == (country, timezone)


def test_a_smaller_city_of_the_same_name_is_found_by_its_country_and_region() -> None:
    index = load_cities()
    [london] = {city.region for city in index.find("London", country="CA")}
    assert index.find("London", country="CA", region=london)[0].timezone == "America/Toronto"
    assert [city.timezone for city in index.find("Florence", country="US", region="SC")] == ["America/New_York"]
    assert index.find("Munich", country="FR") == []


def test_the_largest_city_is_the_first_of_a_common_name_and_of_a_country() -> None:
    index = load_cities()
    springfields = [city for city in index.find("Springfield") if city.name == "Springfield"]
    assert len({city.region for city in springfields}) > 3
    assert [city.population for city in springfields] == sorted(
        (city.population for city in springfields), reverse=True
    )
    assert [city.name for city in index.find("", country="AT")][:2] == ["Vienna", "Graz"]


def city(name: str, population: int, *other_names: str) -> City:
    return City(name, "DE", "01", "Europe/Berlin", population, other_names)


def test_a_main_name_is_likelier_than_another_name_of_a_city_that_is_not_ten_times_as_large() -> None:
    for factor, first in ((9, "York"), (11, "Toronto")):
        index = CityIndex([city("York", 100_000), city("Toronto", factor * 100_000, "York")])
        assert index.find("york")[0].name == first


def test_the_beginning_of_a_name_finds_a_city_only_if_no_city_has_exactly_this_name() -> None:
    index = CityIndex([city("Rome", 100, "Rom"), city("Romford", 200), city("Bad Rom", 300)])
    assert [found.name for found in index.find("Rom")] == ["Rome"]
    assert [found.name for found in index.find("Romf")] == ["Romford"]
    assert [found.name for found in index.find("bad")] == ["Bad Rom"]
    assert index.find("Ro") == []


@pytest.mark.parametrize("name", ["Atlantis", "Köl", "", " ", "北京", "\t", "\n", "!", "ö"])
def test_what_is_no_name_finds_no_city(name: str) -> None:
    index = CityIndex([city("Rome", 100, "Rom", "Roma"), city("Ostia", 50)])
    assert index.find(name) == []
    assert index.find(name, country="DE") == (index.find("", country="DE") if name.strip() == "" else [])


def test_the_parts_of_a_line_are_no_name() -> None:
    assert CityIndex([city("Rome", 100, "Roma\nOstia\tRoma")]).find("Ostia") == []


def test_names_in_other_scripts_are_left_out() -> None:
    index = CityIndex([city("Athens", 100, "Αθήνα", "Athína", "Атина")])
    assert index.find("Athina")
    assert index.find("a") == index.find("αθηνα") == []
