"""Canonical names of time zones, from the IANA data in the package `tzdata`.

A place has one canonical name: the one of `zone.tab`. Browsers, older systems and users also know aliases. A PostgreSQL
server that uses the tzdata of its system may not know them (Debian 13 and Ubuntu 24.04 have them in a package of their
own), so only canonical names are stored.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

UTC = "UTC"
FIXED_OFFSET_PREFIX = "Etc/"


def canonical_time_zone(name: str) -> str | None:
    """Return the canonical name of a time zone, or None for a name that is neither canonical nor an alias of one.

    A place keeps its own name, also where its clock is that of another place. Zones without a place and without a
    fixed offset have no canonical name: `Factory`, `EST5EDT`.

    Example:
        >>> canonical_time_zone("Asia/Calcutta"), canonical_time_zone("US/Pacific"), canonical_time_zone("Europe/Oslo")
        ('Asia/Kolkata', 'America/Los_Angeles', 'Europe/Oslo')
        >>> canonical_time_zone("Zulu"), canonical_time_zone("Etc/GMT+5"), canonical_time_zone("localtime")
        ('UTC', 'Etc/GMT+5', None)
    """
    if name in _places():
        return name
    target = _targets().get(name)
    if target == "Etc/UTC":
        return UTC
    if target is not None and (target in _places() or target.startswith(FIXED_OFFSET_PREFIX)):
        return target
    return None


def is_time_zone(name: str) -> bool:
    """Return whether the IANA data has a zone or an alias with this name."""
    return name in _targets()


@cache
def _places() -> frozenset[str]:
    """Return the names of `zone.tab`: tab-separated country, coordinates, name and comment."""
    lines = _read("zone.tab").splitlines()
    return frozenset(line.split("\t")[2] for line in lines if line and not line.startswith("#"))


@cache
def _targets() -> dict[str, str]:
    """Return the zone of each name of `tzdata.zi`, which has lines `Z name …` and `L target alias`."""
    rows = [line.split() for line in _read("tzdata.zi").splitlines()]
    zones = {row[1]: row[1] for row in rows if row and row[0] == "Z"}
    links = {row[2]: row[1] for row in rows if row and row[0] == "L"}
    return zones | {alias: _follow(target, links) for alias, target in links.items()}


def _follow(name: str, links: dict[str, str]) -> str:
    while name in links:
        name = links[name]
    return name


def _read(name: str) -> str:
    return (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
