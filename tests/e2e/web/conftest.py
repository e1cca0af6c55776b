"""A browser for the pages, and patience: the first call of a Lambda takes its time on a busy machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium

expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; each test opens pages of its own."""
    with chromium() as running:
        yield running
