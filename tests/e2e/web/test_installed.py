"""The dashboard can be installed as an app, in Chromium on the running stack."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from local.stack.stack import Stack

COLOURS = """() => {
  const meta = [...document.querySelectorAll("meta[name=theme-color]")].find(({ media }) => matchMedia(media).matches);
  const header = document.body.appendChild(document.createElement("div"));
  header.className = "bg-card";
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  return [meta.content, getComputedStyle(header).backgroundColor].map(colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  });
}"""


@pytest.fixture
def page(stack: Stack, browser: Browser) -> Iterator[Page]:
    """The sign-in page. Nothing violates the content security policy."""
    violations: list[str] = []
    page = browser.new_page()
    page.on(
        "console",
        lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None,
    )
    page.goto(stack.urls.dashboard)
    page.get_by_test_id("sign-in-email").wait_for()
    yield page
    assert violations == []


@pytest.fixture
def devtools(page: Page) -> CDPSession:
    """The protocol of Chromium's developer tools."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    return session


def test_chromium_offers_to_install_it(devtools: CDPSession, stack: Stack) -> None:
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["url"] == f"{stack.urls.dashboard}/manifest.webmanifest"
    assert manifest["errors"] == []
    # Playwright's contexts are those of private windows, from which nothing is installed.
    errors = {error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors - {"in-incognito"} == set()


def test_the_icons_have_the_sizes_that_the_manifest_names(page: Page, stack: Stack) -> None:
    answer = page.request.get(f"{stack.urls.dashboard}/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    icons = answer.json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    touch_icon = page.locator("link[rel=apple-touch-icon]").get_attribute("href")
    for source, size in [*((icon["src"], icon["sizes"]) for icon in icons), (touch_icon, "180x180")]:
        png = page.request.get(f"{stack.urls.dashboard}{source}").body()
        assert png[:8] == b"\x89PNG\r\n\x1a\n", source
        width, height = struct.unpack(">II", png[16:24])
        assert f"{width}x{height}" == size, source


def test_numbers_are_not_kept_for_times_without_a_connection(page: Page) -> None:
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    assert page.evaluate("caches.keys()") == []


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("chosen", ["system", "light", "dark"])
def test_the_frame_has_the_colour_of_the_header(page: Page, chosen: str, system: str) -> None:
    page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
    page.evaluate("theme => localStorage.setItem('metrica-theme', theme)", chosen)
    page.reload()
    page.get_by_test_id("sign-in-email").wait_for()
    frame, header = page.evaluate(COLOURS)
    assert frame == header
    is_dark = (system if chosen == "system" else chosen) == "dark"
    assert (frame[0] < 128) == is_dark
