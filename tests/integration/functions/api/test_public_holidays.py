"""The public holidays of a store's country and region, in its calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.integration.functions.api.special_days import (
    DAY,
    EVERY_DAY,
    delete_special_day,
    put_special_day,
    read_calendar,
)
from tests.integration.functions.api.store_fixture import ChangeStore, CreateStore

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_the_holidays_of_the_country_and_the_region_are_named(
    create_store: CreateStore, change_store: ChangeStore
) -> None:
    store = create_store(now=datetime.now(UTC), opening_hours=EVERY_DAY)
    assert change_store(store, country="DE", region="BY")["region"] == "BY"
    year = datetime.now(UTC).year + 1
    epiphany = read_calendar(store, date(year, 1, 6), 1)[0]
    assert (epiphany["public_holiday"], epiphany["hours_from"]) == ("Heilige Drei Könige", "weekly")
    assert epiphany["public_holiday_names"] == {"en": "Epiphany", "de": "Heilige Drei Könige"}
    last = f"{year - 1}-01-06"
    [annotation] = next(
        bucket["annotations"]
        for bucket in store.dashboard(period="month", date=last)["buckets"]
        if bucket["start"].startswith(last)
    )
    assert annotation["public_holiday_names"]["en"] == "Epiphany"
    change_store(store, region="HH")
    assert read_calendar(store, date(year, 1, 6), 1)[0]["public_holiday"] is None
    change_store(store, country=None)
    assert read_calendar(store, date(year, 1, 1), 1)[0]["public_holiday"] is None


def test_a_store_is_closed_on_holidays_from_today_on(create_store: CreateStore, change_store: ChangeStore) -> None:
    store = create_store(now=datetime.now(UTC), opening_hours=EVERY_DAY)
    change_store(store, country="IT", closed_on_holidays=True)
    year = datetime.now(UTC).year
    next_year, last_year = (
        read_calendar(store, date(year + 1, 1, 1), 1)[0],
        read_calendar(store, date(year - 1, 1, 1), 1)[0],
    )
    assert (next_year["opening_hours"], next_year["hours_from"]) == ([], "public_holiday")
    assert (last_year["opening_hours"], last_year["public_holiday"]) == ([["09:00", "20:00"]], "Capodanno")
    put_special_day(store, date(year + 1, 1, 1), opening_hours=[["12:00", "16:00"]])
    assert read_calendar(store, date(year + 1, 1, 1), 1)[0]["hours_from"] == "special_day"
    delete_special_day(store, date(year + 1, 1, 1))
    change_store(store, closed_on_holidays=False)
    assert read_calendar(store, date(year + 1, 1, 1), 1)[0]["hours_from"] == "weekly"


def test_a_holiday_on_which_the_store_was_closed_stays_when_the_settings_change(
    create_store: CreateStore, change_store: ChangeStore
) -> None:
    store = create_store(now=datetime.now(UTC), opening_hours=EVERY_DAY)
    change_store(store, country="IT", closed_on_holidays=True)
    past = datetime.now(UTC).date() - 3 * DAY
    store.connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Santo patrono', true)",
        [store.store_id, past],
    )
    change_store(store, country="DE", closed_on_holidays=False)
    kept = read_calendar(store, past, 1)[0]
    assert (kept["public_holiday"], kept["opening_hours"]) == ("Santo patrono", [])


@pytest.mark.parametrize(
    ("settings", "field", "slug"),
    [
        ({"country": "XX"}, "country", "country_unknown"),
        ({"country": "DE", "region": "ZZ"}, "region", "region_unknown"),
        ({"region": "BY"}, "region", "country_missing"),
        ({"country": "Germany"}, "country", "string_pattern_mismatch"),
    ],
)
def test_an_unknown_country_or_region_is_refused(
    create_store: CreateStore, patch_store: Callable[..., Any], settings: dict[str, str], field: str, slug: str
) -> None:
    answer = patch_store(create_store(now=NOW), **settings)
    assert answer.status_code == 422
    assert [(error["loc"], error["type"]) for error in answer.json()["errors"]] == [(["body", field], slug)]
