"""The example of docs/analysts.md, run as an analyst runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest

from db.timescale.analysts import grant, revoke
from tests.integration.functions.api.store_fixture import StoreFixture

CreateStore = Callable[..., StoreFixture]
SCRIPT = Path(__file__).parents[4] / "docs" / "examples" / "heatmap.py"
HOUR = timedelta(hours=1)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def busy(create_store: CreateStore) -> StoreFixture:
    """Two Monday mornings in Kathmandu; only half an hour of the second was observed."""
    store = create_store(name=f"Thamel {uuid4()}", timezone="Asia/Kathmandu")
    for day, observed, people in ((2, HOUR * 2, 20), (9, HOUR / 2, 10)):
        nine = store.local(2026, 11, day, 9)
        store.add_observed_minutes(nine, nine + observed)
        store.add_crossings(ins=[nine + observed * n / people for n in range(people)])
    return store


def test_the_view_and_the_csv_draw_the_same_heatmap(busy: StoreFixture, database_url: str, tmp_path: Path) -> None:
    footfall = tmp_path / "footfall.csv"
    query = {"from": "2026-11-01", "to": "2026-11-15", "interval": "hour", "format": "csv"}
    answer = busy.client.get(f"/stores/{busy.store_id}/footfall", params=query, headers=busy.headers)
    footfall.write_bytes(answer.content)

    name = f"a{uuid4().hex[:12]}"
    store_name = busy.get("/me")["stores"][0]["name"]
    granted = grant(busy.connection, name, busy.store_id)
    assert granted.password is not None
    url = urlsplit(database_url)
    address = f"{url.hostname}:{url.port}{url.path}?{url.query}"
    try:
        of_sql = run("--sql", f"postgresql://{granted.role}:{quote(granted.password)}@{address}", "--store", store_name)
    finally:
        revoke(busy.connection, name)
    picture = tmp_path / "busy.png"
    of_csv = run("--csv", str(footfall), "--out", str(picture))

    assert (of_sql.returncode, of_csv.returncode) == (0, 0), of_sql.stderr + of_csv.stderr
    assert of_sql.stdout == of_csv.stdout
    # 9:00: 10 in the first week's hour and 10 in the second one's half hour = 20 in 1.5 observed hours
    assert of_csv.stdout.splitlines()[1].split()[:2] == ["09", "13.3"]
    assert of_csv.stdout.splitlines()[2].split()[:2] == ["10", "10.0"]
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_without_observed_hours_the_script_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("start,end,local_time,visitors,exits,state,coverage\r\n")
    done = run("--csv", str(empty))
    assert done.returncode == 2
    assert done.stderr.startswith("heatmap: no observed hour")
    assert "Traceback" not in done.stderr
