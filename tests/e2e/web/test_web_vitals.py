"""The benchmark of LCP, CLS and INP measures both pages; its bounds are for `make bench`."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from benchmarks.signed_in import SignedInDashboard
from benchmarks.web_vitals import BOUNDS, PRESETS, measure


@pytest.mark.slow
def test_every_web_vital_of_both_pages_is_measured(browser: Browser, dashboard: SignedInDashboard) -> None:
    rows = {row.name: row for row in measure(browser, dashboard, PRESETS[:1], count=1)}
    assert list(rows) == [f"web.{page}_desktop_{vital.lower()}" for page in dashboard.pages for vital in BOUNDS]
    assert all(row.value for name, row in rows.items() if not name.endswith("_cls"))
    assert all(row.value is not None and row.value >= 0 for row in rows.values())
