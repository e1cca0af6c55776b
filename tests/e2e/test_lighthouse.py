"""Lighthouse drives a Chromium that is signed in. Its scores of performance are for `make bench`."""

from __future__ import annotations

import pytest

from benchmarks.lighthouse import measure, signed_in_chromium
from benchmarks.signed_in import SignedInDashboard


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_it_finds_no_fault_of_accessibility_and_practice(dashboard: SignedInDashboard) -> None:
    with signed_in_chromium(dashboard) as port:
        rows = {row.name: row.value for row in measure(dashboard, port, count=1)}
    for page in dashboard.pages:
        assert rows[f"web.lighthouse_{page}_accessibility"] == 100
        assert rows[f"web.lighthouse_{page}_best_practices"] == 100
        assert rows[f"web.lighthouse_{page}_performance"]
