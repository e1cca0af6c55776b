"""Patience for the pages: the first call of a Lambda takes its time on a busy machine."""

from __future__ import annotations

from playwright.sync_api import expect

expect.set_options(timeout=20_000)
