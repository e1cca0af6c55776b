"""The arithmetic of `docs/scale.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import fleet

PAGE = Path(__file__).resolve().parents[3] / "docs" / "scale.md"


def test_the_page_has_the_tables_of_the_command() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fleet.needs_table() in page
    assert fleet.cost_table() in page


def test_one_store_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "BATCH", fleet.Cost(2, 10))
    monkeypatch.setattr(fleet, "HEARTBEAT", fleet.Cost(1, 5))
    monkeypatch.setattr(fleet, "LIVE", fleet.Cost(10, 30))
    monkeypatch.setattr(fleet, "DASHBOARD", fleet.Cost(20, 40))
    monkeypatch.setattr(fleet, "INGEST_GB", 2.0)
    monkeypatch.setattr(fleet, "API_GB", 1.0)
    monkeypatch.setattr(fleet, "GB_OF_ONE_CORE", 2.0)
    one = fleet.fleet(3600)
    assert one.heartbeats_per_s == 240  # two cameras, every 30 s
    assert one.batches_per_s == pytest.approx(180)  # 15 % of 1,200 crossings in an hour
    assert one.page_requests_per_s == pytest.approx(120 + 36)  # 360 pages, every 3 s and every 10 s
    # 240 · 5 + 180 · 10 + 120 · 30 + 36 · 40 = 8,040 ms of server a second, and half of the cores may be used
    assert one.server_cores == pytest.approx(16.08)
    # A whole core: 240 · (1 + 5 + 4) + 180 · (2 + 10 + 4) = 5,280 ms; a half: 120 · (20 + 34) + 36 · (40 + 44) = 9,504
    assert one.ingest_processes == pytest.approx(5.28)
    assert one.api_processes == pytest.approx(9.504)


def test_storage_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "EVENT_ROW", fleet.RowBytes(200, 40))
    monkeypatch.setattr(fleet, "MINUTE_ROW", fleet.RowBytes(100, 10))
    monkeypatch.setattr(fleet, "FOOTFALL_ROW_BYTES", 0)
    monkeypatch.setattr(fleet, "COVERAGE_ROW_BYTES", 0)
    # 1,200 · (10.5 · 200 + 389.5 · 40) + 2,880 · (10.5 · 100 + 389.5 · 10) bytes
    assert fleet.storage_gb(1000) == pytest.approx(35.4576)


def test_requests_above_the_first_tier_cost_less() -> None:
    below, above = fleet.fleet(1_000), fleet.fleet(100_000)
    assert below.gateway_cost == pytest.approx(below.monthly_requests / 1e6 * 1.0)
    assert above.gateway_cost == pytest.approx(300 + (above.monthly_requests - 300e6) / 1e6 * 0.9)


@pytest.mark.parametrize("name", ["heartbeats_per_s", "batches_per_s", "page_requests_per_s", "storage_gb"])
def test_needs_grow_with_the_number_of_stores(name: str) -> None:
    assert getattr(fleet.fleet(2_000), name) == pytest.approx(2 * getattr(fleet.fleet(1_000), name))
