"""The wall view in Chromium on the running stack: owners create a link, a screen shows it, owners revoke it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from local.stack.stack import Stack
from tests.e2e.web.accessibility import violations_of
from tests.shop import PASSWORD, Shop

POLL_MS = 5000
POLLS = 20_000
WARM_UP_POLLS = 1000
ANSWER_AT_ONCE = """
  const request = window.fetch;
  window.polls = 0;
  window.fetch = async (input, init) => {
    const url = typeof input === "string" ? input : input.url;
    if (!url.includes("/wall/")) return await request(input, init);
    const occupancy = window.polls++ % 60;
    return new Response(JSON.stringify({ ...ANSWER, occupancy }), { headers: { "Content-Type": "application/json" } });
  };
"""


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    """A store with room for 40 people."""
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Corner shop with a long name at the station")
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("UPDATE stores SET capacity = 40 WHERE id = %s", [shop.store_id])
        connection.execute("UPDATE cameras SET last_seen_at = now() WHERE id = %s", [shop.camera_id])
        connection.execute(
            "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, now() - interval '1 second', 12)",
            [shop.store_id],
        )
    return shop


@pytest.fixture
def settings(stack: Stack, browser: Browser, shop: Shop) -> Page:
    """The screens in the settings of the store, opened by a new owner."""
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{stack.urls.dashboard}/stores/{shop.store_id}/settings/screens")
    page.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("add-wall-link").wait_for()
    return page


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A screen without a session. It keeps the content security policy."""
    violations: list[str] = []
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page.on(
        "console",
        lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    assert violations == []


def create_link(settings: Page, name: str) -> str:
    """Create a link by the clicks of an owner, and return its address."""
    settings.get_by_test_id("add-wall-link").click()
    settings.get_by_test_id("wall-link-name").fill(name)
    settings.get_by_test_id("form-save").click()
    address = settings.get_by_test_id("wall-address").inner_text()
    settings.keyboard.press("Escape")
    expect(settings.get_by_test_id("wall-address")).to_be_visible()  # it is not shown again
    settings.get_by_role("button", name="Done").click()
    return address


def test_a_link_is_created_shown_on_a_screen_and_revoked(settings: Page, screen: Page, shop: Shop) -> None:
    assert violations_of(settings) == []
    address = create_link(settings, "Entrance")
    assert re.fullmatch(rf".*/stores/{shop.store_id}/wall#token=wl_[\w-]{{43}}", address)
    screen.goto(address)
    expect(screen.get_by_test_id("wall-occupancy")).to_have_text("12 / 40")
    expect(screen.get_by_role("heading")).to_have_text("Please enter")
    assert violations_of(screen) == []
    settings.reload()
    link = settings.get_by_test_id("wall-link")
    expect(link).to_contain_text("last used")
    link.get_by_role("button", name="Revoke").click()
    assert violations_of(settings, dialog=True) == []
    settings.get_by_test_id("revoke-wall-link-confirm").click()
    expect(link).to_have_count(0)
    expect(screen.get_by_role("heading")).to_have_text("This link is no longer valid.")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1080, 1920), (1920, 1080), (2560, 1440)])
def test_everything_is_on_the_screen(settings: Page, screen: Page, width: int, height: int) -> None:
    address = create_link(settings, f"{width} × {height}")
    screen.set_viewport_size({"width": width, "height": height})
    screen.goto(address)
    number = screen.get_by_test_id("wall-occupancy").bounding_box()
    assert number is not None
    assert number["height"] > 0.12 * min(width, height)
    for part in ("h1", "header", "footer"):
        box = screen.locator(part).bounding_box()
        assert box is not None
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    assert screen.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_number_that_is_not_renewed_is_not_shown(settings: Page, screen: Page) -> None:
    address = create_link(settings, "Cable pulled")
    screen.clock.install()
    screen.goto(address)
    expect(screen.get_by_test_id("wall-occupancy")).to_be_visible()
    screen.route("**/wall/wl_*", lambda route: route.abort())
    screen.clock.run_for(40_000)
    expect(screen.get_by_role("heading")).to_have_text("Please ask the staff")
    expect(screen.get_by_test_id("wall-occupancy")).to_have_count(0)
    screen.unroute("**/wall/wl_*")
    screen.clock.run_for(30_000)
    expect(screen.get_by_test_id("wall-occupancy")).to_be_visible()


def test_it_reloads_itself_after_a_deployment(settings: Page, screen: Page, stack: Stack) -> None:
    address = create_link(settings, "Weeks")
    screen.clock.install()
    screen.goto(address)
    expect(screen.get_by_test_id("wall-occupancy")).to_be_visible()
    screen.evaluate("window.isOld = true")
    screen.clock.run_for(700_000)
    assert screen.evaluate("window.isOld")

    def serve_new_version(route: Route) -> None:
        """Begin the page with another script of the build: an index page with another script is another version."""
        index = route.fetch()
        other = re.search(r'href="([^"]+\.js)"', index.text())
        assert other is not None
        script = f'<head><script type="module" crossorigin src="{other.group(1)}"></script>'
        route.fulfill(response=index, body=index.text().replace("<head>", script, 1))

    screen.route(f"{stack.urls.dashboard}/", serve_new_version)
    with screen.expect_navigation():
        screen.clock.run_for(700_000)
    screen.unroute(f"{stack.urls.dashboard}/")
    screen.clock.resume()  # requests of the time that ran fast may have failed: the page asks again
    expect(screen.get_by_test_id("wall-occupancy")).to_be_visible()
    assert screen.url == address
    assert not screen.evaluate("'isOld' in window")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_memory_nodes_and_listeners_are_flat_over_20000_polls(settings: Page, screen: Page) -> None:
    address = create_link(settings, "A day in fake time")
    with settings.expect_response(re.compile("/wall/wl_")) as answered:
        settings.goto(address)
    answer: dict[str, Any] = answered.value.json()
    screen.clock.install()
    screen.add_init_script(ANSWER_AT_ONCE.replace("ANSWER", json.dumps(answer)))
    screen.goto(address)
    expect(screen.get_by_test_id("wall-occupancy")).to_be_visible()
    devtools = screen.context.new_cdp_session(screen)
    devtools.send("Performance.enable")

    def run_until(polls: int) -> dict[str, float]:
        while screen.evaluate("window.polls") < polls:
            screen.clock.run_for(200 * POLL_MS)
        devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}

    before, after = run_until(WARM_UP_POLLS), run_until(WARM_UP_POLLS + POLLS)
    assert screen.evaluate("window.polls") >= POLLS
    assert after["Nodes"] <= before["Nodes"] + 20
    assert after["JSEventListeners"] <= before["JSEventListeners"]
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] + 2_000_000
