"""The page of a store stays open for a day: the memory, the nodes and the listeners of the page do not grow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from local.stack.stack import Stack
from tests.database import run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes
from tests.shop import PASSWORD, Shop

WARM_UP_H = 1
HOURS = 24
STEP_MS = 5 * 60_000
LIVE_POLLS_PER_H = 1200
"""The page asks for the live numbers every 3 s."""

ANSWER_AT_ONCE = """
  // The first answers of the API, with other numbers each time. Their clock is that of the page.
  const request = window.fetch;
  const answers = new Map();
  window.polls = {};
  window.fetch = async (input, init) => {
    const url = new URL(typeof input === "string" ? input : input.url, location.href);
    const [, kind] = url.pathname.match(/^\\/(live|dashboard|stores|me)(\\/|$)/) ?? [];
    if (kind === undefined) return await request(input, init);
    if (!answers.has(url.href)) {
      const response = await request(input, init);
      answers.set(url.href, { body: await response.json(), at: Date.now() });
    }
    const { body, at } = answers.get(url.href);
    const polls = (window.polls[kind] = (window.polls[kind] ?? 0) + 1);
    const copy = structuredClone(body);
    if (kind === "live") {
      const later = (time) => new Date(Date.parse(time) + Date.now() - at).toISOString();
      Object.assign(copy, { as_of: later(body.as_of), occupancy: polls % 60, visitors_today: polls });
      if (body.last_crossing_at !== null) copy.last_crossing_at = later(body.last_crossing_at);
    }
    if (kind === "dashboard") copy.kpis.visitors.value = polls;
    return new Response(JSON.stringify(copy), { headers: { "Content-Type": "application/json" } });
  };
"""


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_memory_nodes_and_listeners_are_flat_over_24_hours(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Open all day")
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    start = now - timedelta(hours=6)
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s", [start, shop.camera_id]
        )
        minutes = [Minute(start + n * timedelta(minutes=1)) for n in range(6 * 60)]
        insert_minutes(connection, shop.store_id, shop.camera_id, minutes)
        insert_events(connection, shop.store_id, shop.camera_id, [Event(each.minute, "IN") for each in minutes])
        connection.execute(
            "UPDATE cameras SET last_seen_at = now(), delivered_until = now() WHERE id = %s", [shop.camera_id]
        )
        run_refresh_job(connection)
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{stack.urls.dashboard}/stores/{shop.store_id}")
    page.get_by_test_id("sign-in-email").fill(shop.add_owner(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("tiles").wait_for()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install()
    page.add_init_script(ANSWER_AT_ONCE)
    page.reload()
    page.get_by_test_id("bars").locator("svg").wait_for()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def run_for(hours: int) -> dict[str, float]:
        wanted = page.evaluate("window.polls.live") + hours * LIVE_POLLS_PER_H
        while page.evaluate("window.polls.live") < wanted:
            page.clock.run_for(STEP_MS)
        devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}

    before = run_for(WARM_UP_H)
    after = run_for(HOURS)
    polls = page.evaluate("window.polls")
    assert polls["live"] >= HOURS * LIVE_POLLS_PER_H
    assert polls["dashboard"] >= HOURS * 300  # every 10 s, not always: the page waits for an answer
    expect(page.get_by_test_id("live-occupancy")).to_have_text(str(polls["live"] % 60))
    assert errors == []
    assert after["Nodes"] <= before["Nodes"] + 50
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 5
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] + 2_000_000
