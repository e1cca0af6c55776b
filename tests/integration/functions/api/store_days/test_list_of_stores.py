"""GET /stores with a period: the numbers of the dashboards, from stored days."""

from __future__ import annotations

import pytest

from functions.api.kpi.enums import Period
from functions.common.app import Application
from functions.common.database import Database
from tests.integration.functions.api.store_days.days import StoreDays, change_visitors
from tests.integration.functions.api.store_days.queries import LEAGUES, compare_answers
from tests.integration.functions.api.store_fixture import StoreFixture


def test_the_list_of_stores_is_the_same_whichever_days_are_stored(store: StoreFixture, database: Database) -> None:
    days = StoreDays(store, database)
    days.compute()
    for query in LEAGUES:
        compare_answers(days, "/stores", query)


def test_the_list_of_stores_reads_the_days_that_are_stored(store: StoreFixture, database: Database) -> None:
    StoreDays(store, database).compute()
    change_visitors(store, 1020)
    for query in LEAGUES[1:3]:
        (summary,) = store.get("/stores", **query)["stores"]
        assert summary["period"]["visitors"] >= 1000


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "computed"])
def test_a_list_of_stores_with_a_period_has_the_numbers_of_the_dashboards(
    store: StoreFixture, database: Database, stored: bool
) -> None:
    if stored:
        StoreDays(store, database).compute()
    for period, day in (("week", "2026-11-12"), ("month", None), ("day", None)):
        query = {"period": period} | ({"date": day} if day else {})
        (summary,) = store.get("/stores", **query)["stores"]
        shown = store.dashboard(**query, compare="none")
        names = ("visitors", "exits", "dwell_s", "occupancy_average", "balance")
        found = {name: summary["period"][name] for name in names}
        assert found == {name: pytest.approx(shown["kpis"][name]["value"]) for name in names}
        assert summary["period"]["coverage"] == pytest.approx(shown["coverage"])
        assert {name: summary["period"][name] for name in ("start", "end", "until")} == {
            name: shown["window"][name] for name in ("start", "end", "until")
        }
    assert store.get("/stores")["stores"][0]["period"] is None


@pytest.mark.parametrize("query", [query for query in LEAGUES if "compare" in query], ids=str)
def test_a_list_of_stores_is_compared_as_the_dashboards_are(store: StoreFixture, query: dict[str, str]) -> None:
    listed, shown = store.listed_period(**query), store.dashboard(**query)
    assert shown["kpis"]["visitors"]["value"] > 0
    assert listed["compare"]["visitors"] == shown["kpis"]["visitors"]
    for name in ("mode", "match", "date", "start", "end", "days", "days_left_out"):
        assert listed["compare"][name] == shown["compare"][name], name
    without = {name: value for name, value in query.items() if name != "compare"}
    assert store.listed_period(**without) == {**listed, "compare": None}


def test_a_comparison_of_a_list_of_stores_needs_a_period(store: StoreFixture) -> None:
    assert store.validation_errors("/stores", compare="previous") == [(["query", "compare"], "needs_period")]


def test_a_list_of_stores_of_a_future_day_is_refused(store: StoreFixture) -> None:
    answer = store.client.get("/stores", params={"period": "day", "date": "2030-01-01"}, headers=store.headers)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", "date"])


def test_a_range_is_not_a_period_of_the_list_of_stores(store: StoreFixture, app: Application) -> None:
    (period,) = (each for each in app.openapi()["paths"]["/stores"]["get"]["parameters"] if each["name"] == "period")
    offered = {value for choice in period["schema"]["anyOf"] for value in choice.get("enum", ())}
    assert offered == {each.value for each in Period} - {"range"}
    assert store.validation_errors("/stores", period="range")[0][0] == ["query", "period"]
