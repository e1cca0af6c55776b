"""No text of the admin pages is cut off, and no word is broken, neither on a phone nor on a desktop, with names as long
as they may be.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from local.stack.temporary import temporary_stack
from screenshots.capture import Photographer
from screenshots.pictures import App, View, views
from screenshots.settings import write_admin_settings
from screenshots.showcase import write_showcase
from screenshots.stores import State
from tests.e2e.web.clipped_text import clipped_text

WIDTHS = (360, 1440)
PAGES = [view for view in views() if view.app is App.ADMIN]
ZONES = ("America/Anchorage", "America/Argentina/Buenos_Aires", "Antarctica/DumontDUrville", "Africa/Johannesburg")
"""Time zones with long words. That of the pictures depends on the time of day."""
LONG_NAME = f"Flagship store in the {'large ' * 8}shopping centre {'w' * 40}"
HTML = """
<style>
  p { width: 60px; white-space: nowrap }
  .hidden { overflow: hidden }
  .low { overflow: hidden; height: 20px; width: 300px }
  .scroll { overflow: auto }
  .reader { position: absolute; width: 1px; height: 1px; overflow: hidden }
  select, input { width: 60px }
  .narrow { width: 30px; white-space: normal; overflow-wrap: anywhere }
</style>
<p>too long but shown</p>
<p class="hidden">too long and cut</p>
<p class="hidden">short</p>
<p class="hidden" title="too long with a title">too long with a title</p>
<p class="scroll">too long, and scrolls</p>
<p class="low">first line<br>second line</p>
<p class="narrow">broken</p>
<p class="narrow">a-b c-d</p>
<p class="narrow">wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww</p>
<span class="reader">for screen readers only</span>
<select><option>short</option><option>a long option of the list</option></select>
<select title="a long option of the list"><option>a long option of the list</option></select>
<input placeholder="a placeholder that has no room">
<svg width="100" height="20" style="overflow: hidden">
  <text x="90" y="15">outside</text><text x="0" y="15">in</text>
</svg>
"""


@pytest.fixture(scope="module")
def photographer(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Photographer]:
    """The stores of the screenshots, on a stack of their own; the first one and its cameras have long names."""
    states = frozenset({State.FULL, State.DEGRADED, State.EMPTY})
    with temporary_stack() as stack, write_showcase(stack, states) as showcase:
        write_admin_settings(showcase)
        for state in (State.FULL, State.EMPTY):
            store = showcase.store(state).store.id
            showcase.connection.execute("UPDATE stores SET name = %s WHERE id = %s", [LONG_NAME, store])
            showcase.connection.execute("UPDATE cameras SET name = %s WHERE store_id = %s", [LONG_NAME, store])
        yield Photographer(browser, showcase, "/", tmp_path_factory.mktemp("pictures"))


def test_what_is_cut_off_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(HTML)
    assert clipped_text(page, 1440) == [
        "broken inside a word: broken <p>",
        "cut off at the side: too long and cut <p>",
        "cut off below: second line <p>",
        "outside of the chart: outside <text>",
        "wider than its field: a long option of the list <select>",
        "wider than its field: a placeholder that has no room <input>",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("view", PAGES, ids=lambda view: str(view.key))
def test_no_text_is_cut_off(photographer: Photographer, view: View) -> None:
    photographer.showcase.advance()
    with photographer.context(view) as context:
        page = context.new_page()
        photographer.open(page, view)
        assert {width: found for width in WIDTHS if (found := clipped_text(page, width))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_no_word_of_a_time_zone_is_broken(photographer: Photographer, zone: str) -> None:
    def change_zone(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "timezone": zone})

    view = next(view for view in PAGES if view.key == "admin-store")
    store = photographer.showcase.store(view.state).store.id
    with photographer.context(view) as context:
        page = context.new_page()
        page.route(f"**/admin/stores/{store}", change_zone)
        photographer.open(page, view)
        expect(page.get_by_text(zone.replace("_", " "), exact=True)).to_be_visible()
        assert {width: found for width in WIDTHS if (found := clipped_text(page, width))} == {}
