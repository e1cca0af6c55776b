"""Special days of a store, and its calendar, as its owner sends and reads them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from functions.api.kpi.opening_hours import WEEKDAYS
from tests.integration.functions.api.store_fixture import StoreFixture

DAY = timedelta(days=1)
EVERY_DAY = {day: [["09:00", "20:00"]] for day in WEEKDAYS}


def put_special_day(store: StoreFixture, day: date, **body: Any) -> Any:
    answer = store.client.put(f"/stores/{store.store_id}/calendar/{day}", json=body, headers=store.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def delete_special_day(store: StoreFixture, day: date) -> None:
    answer = store.client.delete(f"/stores/{store.store_id}/calendar/{day}", headers=store.headers)
    assert answer.status_code == 204, answer.text


def read_calendar(store: StoreFixture, first: date, days: int) -> list[Any]:
    found = store.get("/stores/{}/calendar", **{"from": str(first), "to": str(first + days * DAY)})
    assert found["store_id"] == str(store.store_id)
    listed: list[Any] = found["days"]
    assert [day["date"] for day in listed] == [str(first + n * DAY) for n in range(days)]
    return listed
