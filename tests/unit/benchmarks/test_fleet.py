"""The arithmetic of `docs/scale.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import fleet, request_costs

PAGE = Path(__file__).resolve().parents[3] / "docs" / "scale.md"


def test_the_page_has_the_tables_of_the_command() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fleet.needs_table() in page
    assert fleet.cost_table() in page


def test_one_store_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "BATCH", fleet.Cost(2, 10, 700))
    monkeypatch.setattr(fleet, "HEARTBEAT", fleet.Cost(1, 5, 500))
    monkeypatch.setattr(fleet, "LIVE", fleet.Cost(10, 30, 600))
    monkeypatch.setattr(fleet, "DASHBOARD", fleet.Cost(20, 40, 650))
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


def test_logs_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, log_bytes in (("BATCH", 700), ("HEARTBEAT", 500), ("LIVE", 600), ("DASHBOARD", 650)):
        monkeypatch.setattr(fleet, name, fleet.Cost(1, 1, log_bytes))
    monkeypatch.setattr(fleet, "PLATFORM_LOG_BYTES", 200)
    monkeypatch.setattr(fleet, "ACCESS_LOG_BYTES", 100)
    one = fleet.fleet(1000)
    # A store and month: 172,800 heartbeats, 36,000 batches, 36,000 live requests and 10,800 dashboards
    function_gb = (172.8 * 700 + 36 * 900 + 36 * 800 + 10.8 * 850) / 1000
    access_gb = (172.8 + 36 + 36 + 10.8) * 100 / 1000
    assert one.log_gb == pytest.approx(function_gb + access_gb)
    assert one.log_cost == pytest.approx((function_gb + access_gb) * 0.5)
    # 35 metrics, 37 that alarms read, and the dashboard, however many stores
    assert one.metrics_cost == pytest.approx(10.5 + 3.7 + 3)
    assert fleet.fleet(10).metrics_cost == one.metrics_cost


def test_logs_of_functions_cost_less_above_ten_terabytes() -> None:
    # 60 TB: 10 at $0.50, 20 at $0.25, 20 at $0.10 and 10 at $0.05 a GB
    assert fleet._tiered(60_000, fleet.FUNCTION_LOG_PER_GB) == pytest.approx(12_500)


def test_the_lines_of_aws_are_as_long_as_measured() -> None:
    assert request_costs.access_log_bytes() == fleet.ACCESS_LOG_BYTES
    assert request_costs.platform_log_bytes() == fleet.PLATFORM_LOG_BYTES


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
