"""Chromium for the tests: the system's where there is one, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

# Without the popups of the address bar, which no test opens, a page takes half of the CPU time: Chromium renders them
# for each window. Chromium reads only the last list, so the others are those that Playwright would switch off.
_DISABLED_FEATURES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
# The flags keep a closed network quiet; without them Chromium looks up hosts that no test needs.
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(_DISABLED_FEATURES)}",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium for one block; skips where none is installed (`playwright install chromium`)."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    flags = [*_FLAGS, "--no-sandbox"] if os.getuid() == 0 else list(_FLAGS)  # Chromium has no sandbox for root
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=flags)
        except Error as error:
            pytest.skip(
                f"no Chromium to test with: install it, or run `playwright install chromium` ({error.message[:80]})"
            )
        else:
            yield browser
            browser.close()
