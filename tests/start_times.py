"""A plugin of pytest that notes when each test began: `-p tests.start_times --start-times FILE`.

A line of the file has the time of a test's start (in seconds since the epoch, by its process) and its node id.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--start-times", metavar="FILE", help="where the times of the tests' starts are written")


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin in the process that gets the reports of all workers."""
    file = config.getoption("start_times")
    if file is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(StartTimes(Path(file)))


class StartTimes:
    """Writes a line for each test, when its setup has been reported."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.write_text("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the start of a test."""
        if report.when == "setup":
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{report.start} {report.nodeid}\n")
