"""Fixtures and hooks for all tests."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator
from typing import TypeVar

import pytest
from hypothesis import settings

# A busy machine must not fail a property: Hypothesis' deadline per example measures the machine, not the code.
settings.register_profile("metrica", deadline=None)
# `make test-unit` and `make test` select it, `make coverage` the one above. A test that needs more examples takes a
# multiple of them: `3 * settings().max_examples`.
settings.register_profile("quick", deadline=None, max_examples=30)
settings.load_profile("metrica")

pytest_plugins = ["tests.database", "tests.scheduling", "tests.several_backends", "tests.stack"]

IN_CI = os.environ.get("CI") == "true"
QUARANTINED: dict[str, str] = {}
"""Tests that may skip in CI: the test's node id (without parameters) and the reason."""

_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report a skipped test as failed in CI."""
    return fail_when_skipped((yield)) if IN_CI else (yield)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Report a module that skips itself as failed in CI."""
    return fail_when_skipped((yield)) if IN_CI else (yield)


def fail_when_skipped(report: _Report) -> _Report:
    """Turn a skip into a failure: in CI everything has to run, so a missing tool must not go unnoticed.

    An expected failure (`xfail`) and the tests of `QUARANTINED` stay as they are.
    """
    quarantined = report.nodeid.partition("[")[0] in QUARANTINED
    if report.skipped and not hasattr(report, "wasxfail") and not quarantined:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing skips in CI: install what is missing, or add the test to QUARANTINED."
    return report


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    """Undo what a command that a test runs in this process changed about logging."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
