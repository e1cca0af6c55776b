"""Queries of dashboards and lists of stores, whose answers must not depend on which days are stored."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.integration.functions.api.store_days.days import StoreDays

DASHBOARDS = (
    {"period": "week"},
    {"period": "week", "match": "date"},
    {"period": "month"},
    {"period": "month", "match": "date", "compare": "year"},
    {"period": "quarter"},
    {"period": "year"},
    {"period": "last7"},
    {"period": "last28", "compare": "none"},
    {"from": "2026-11-11", "to": "2026-11-15", "compare": "previous"},
    {"from": "2026-11-14", "to": "2026-11-20", "match": "date"},
)
LEAGUES = (
    {"period": "week"},
    {"period": "month"},
    {"period": "quarter"},
    {"period": "day"},
    {"period": "day", "date": "2026-11-13"},
    {"period": "last7", "date": "2026-11-16"},
    {"period": "day", "compare": "previous"},
    {"period": "week", "compare": "previous"},
    {"period": "last7", "date": "2026-11-16", "compare": "previous", "match": "date"},
    {"period": "month", "compare": "year"},
)
SOME_DAYS = {"filled": "true", "half filled": "mod(extract(day FROM day), 2) = 0", "empty": "false"}


def compare_dashboards(days: StoreDays, queries: Sequence[dict[str, str]]) -> None:
    """Assert that the dashboards are the same, byte for byte, whichever days are stored."""
    for query in queries:
        compare_answers(days, "/dashboard/{}", query)


def compare_answers(days: StoreDays, path: str, query: dict[str, str]) -> None:
    """Assert that the answers of a route are the same, byte for byte, whichever days are stored."""
    filled, half_filled, empty = (days.answer(path, query, condition) for condition in SOME_DAYS.values())
    assert json.dumps(filled) == json.dumps(empty), query
    assert json.dumps(half_filled) == json.dumps(empty), query
