"""Chromium for tests, benchmarks and screenshots: the system's where there is one, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from local.errors import MissingToolError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

# Without the popups of the address bar, which nobody opens, a page takes half of the CPU time: Chromium renders them
# for each window. Chromium reads only the last list, so the others are those that Playwright would switch off.
_DISABLED_FEATURES: Final = (
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
# The flags keep a closed network quiet; without them Chromium looks up hosts that no page needs.
_FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(_DISABLED_FEATURES)}",
    "--disable-sync",
    "--no-first-run",
)


def chromium_path() -> str | None:
    """Return the path of the installed Chromium; None selects the browser of Playwright."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def chromium_flags() -> list[str]:
    """Return the flags of a quiet Chromium."""
    return [*_FLAGS, "--no-sandbox"] if os.getuid() == 0 else list(_FLAGS)  # Chromium has no sandbox for root


def launch_chromium(playwright: Playwright, flags: Sequence[str] = ()) -> Browser:
    """Start a headless Chromium.

    Args:
        playwright: The running Playwright.
        flags: More flags.

    Raises:
        MissingToolError: No Chromium is installed, or it does not start.
    """
    from playwright.sync_api import Error

    try:
        return playwright.chromium.launch(executable_path=chromium_path(), args=[*chromium_flags(), *flags])
    except Error as error:
        reason = error.message.partition("\n")[0][:120]
        raise MissingToolError(
            f"Chromium does not start: install it, or run `playwright install chromium` ({reason})"
        ) from None


@contextmanager
def chromium(flags: Sequence[str] = ()) -> Iterator[Browser]:
    """Yield a headless Chromium for a `with` block.

    Raises:
        MissingToolError: No Chromium is installed, or it does not start.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch_chromium(playwright, flags)
        try:
            yield browser
        finally:
            browser.close()
