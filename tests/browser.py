"""Chromium for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser

import screenshots.browser
from local.errors import MissingToolError


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium for one block; skips where none is installed (`playwright install chromium`)."""
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(screenshots.browser.chromium())
        except MissingToolError as error:
            pytest.skip(str(error))
        yield browser
