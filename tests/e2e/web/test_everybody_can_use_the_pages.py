"""What axe-core finds on the pages, dark on a phone and light on a desk: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from local.stack.stack import Stack
from tests.e2e.web.admin import superadmin
from tests.shop import PASSWORD, Shop

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
# Resolves when the new size has been laid out and what the page makes of it has been drawn.
SETTLED: Final = "new Promise(done => requestAnimationFrame(() => requestIdleCallback(() => done())))"
LOOKS: Final = (("dark", 360), ("light", 1280))


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """A store whose pages are looked at."""
    return Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Shop for everybody")


def faults_of(page: Page) -> list[str]:
    """The rules that the page breaks, each with the places where it does, and sideways scrolling."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults: list[str] = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        found = page.evaluate("axe.run()")
        faults += [
            f"{scheme} {rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found["violations"]
        ]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            faults.append(f"wider than {width} px by {wider}")
    return faults


def open_page(browser: Browser, address: str, email: str) -> Page:
    """A page after the sign-in form, which has no faults either."""
    page = browser.new_page(reduced_motion="reduce")  # or colours would be seen on their way from dark to light
    page.goto(address)
    page.get_by_test_id("sign-in-email").fill(email)
    assert faults_of(page) == []
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("sign-out").wait_for()
    return page


def test_the_owners_pages(stack: Stack, browser: Browser, shop: Shop) -> None:
    page = open_page(browser, stack.urls.dashboard, shop.add_owner(stack))
    page.get_by_test_id("store-card").wait_for()
    assert faults_of(page) == []
    page.get_by_test_id("store-card").click()
    page.get_by_test_id("no-forecast").wait_for()
    page.get_by_test_id("tiles").wait_for()
    assert faults_of(page) == []
    page.get_by_test_id("reset-open").click()
    assert faults_of(page) == []


def test_the_superadmins_pages(stack: Stack, browser: Browser, shop: Shop) -> None:
    page = open_page(browser, stack.urls.admin, superadmin(stack))
    page.goto(f"{stack.urls.admin}/stores/{shop.store_id}")
    page.get_by_test_id("worker-key").wait_for()
    page.get_by_test_id("archive").click()
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    assert faults_of(page) == []
    page.get_by_test_id("store-audit").click()
    page.get_by_test_id("audit-entry").first.wait_for()
    assert faults_of(page) == []
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}")
    page.get_by_test_id("add-count-check").click()
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    assert faults_of(page) == []
