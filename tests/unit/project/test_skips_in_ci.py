"""Nothing skips in CI, but for the tests that are quarantined by name."""

from __future__ import annotations

import pytest

from tests import conftest


def report(outcome: str, nodeid: str = "tests/test_x.py::test_a[1]") -> pytest.TestReport:
    longrepr = ("tests/test_x.py", 3, "Skipped: no psql") if outcome == "skipped" else None
    return pytest.TestReport(nodeid, ("tests/test_x.py", 1, "test_a"), {}, outcome, longrepr, "call")  # type: ignore[arg-type]


def test_a_skip_is_a_failure_that_says_what_is_missing() -> None:
    failed = conftest.fail_when_skipped(report("skipped"))
    assert failed.outcome == "failed"
    assert str(failed.longrepr).startswith("Skipped: no psql\n")


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_other_outcomes_stay(outcome: str) -> None:
    assert conftest.fail_when_skipped(report(outcome)).outcome == outcome


def test_an_expected_failure_stays() -> None:
    expected = report("skipped")
    expected.wasxfail = "reason: not yet"
    assert conftest.fail_when_skipped(expected).outcome == "skipped"


def test_a_quarantined_test_may_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(conftest.QUARANTINED, "tests/test_x.py::test_a", "waits for a fixed driver")
    assert conftest.fail_when_skipped(report("skipped")).outcome == "skipped"
